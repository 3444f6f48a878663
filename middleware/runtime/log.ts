import pino from "pino";
import { redact } from "./secrets.ts";

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

/**
 * JSON lines. Secrets are removed by value, wherever they stand, and by name.
 * @param write takes each line; @default stdout
 */
export function createLog(level: LogLevel, write: (line: string) => void = toStdout()): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: [...secretPaths, ...secretPaths.map((path) => `*.${path}`)], remove: true },
  };
  return pino(options, { write: (line: string) => write(redact(line)) });
}

/** Written at once, so that the last line before an exit is not lost. */
function toStdout(): (line: string) => void {
  const stdout = pino.destination({ dest: 1, sync: true });
  return (line) => stdout.write(line);
}
