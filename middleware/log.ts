import { pino } from "pino";

/** The four levels we use, each with fields first and a sentence second, as pino has it. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const secretPaths = [
  "accessToken",
  "access_token",
  "apiKey",
  "adminToken",
  "clientSecret",
  "client_secret",
  "assertion",
  "privateKey",
  "secret",
  "authorization",
  "Authorization",
  "headers.authorization",
  "headers.Authorization",
];

/** JSON lines on stdout. Secrets are removed by name as a second line of defence. */
export function createLog(level: LogLevel): Log {
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: [...secretPaths, ...secretPaths.map((path) => `*.${path}`)], remove: true },
  });
}
