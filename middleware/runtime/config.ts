/** Configuration: environment variables only, read once at start through one schema. */
import { z } from "zod";
import { ConfigurationError } from "./errors.ts";
import { logLevels, type LogLevel } from "./log.ts";

export type SalesforceSignIn =
  | {
      readonly kind: "client_credentials";
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly kind: "jwt";
      readonly clientId: string;
      readonly username: string;
      readonly privateKeyFile: string;
    }
  | { readonly kind: "cli_alias"; readonly alias: string };

/** What keeps the store. */
export type Engine = Config["storage"]["kind"];

/** There is one so far. */
export const defaultTenant = "default";

export interface Config {
  /** Names the pair of Circa workspace and Salesforce org in every stored row. */
  readonly tenant: string;
  readonly salesforce: {
    readonly loginUrl: string;
    readonly apiVersion: string;
    /** The package's namespace without underscores; null when installed without one. */
    readonly namespace: string | null;
    readonly signIn: SalesforceSignIn;
    /** How long an answer is waited for. */
    readonly requestTimeoutMs: number;
    /** From 0 to 1: the share of the org's daily API requests at which the sweep stops. */
    readonly apiShare: number;
  };
  readonly circa: {
    /** Base URL up to and including `/api/v1`, without a slash at its end. */
    readonly apiUrl: string;
    readonly apiKey: string;
    /** More than one while a secret is being rotated. */
    readonly webhookSecrets: readonly string[];
    /** How long an answer is waited for. */
    readonly requestTimeoutMs: number;
  };
  readonly storage:
    | { readonly kind: "sqlite"; readonly dataDir: string }
    | { readonly kind: "postgres"; readonly url: string };
  /** Where Circa reaches this service, without a slash at its end; null: not known. */
  readonly publicUrl: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly adminToken: string;
  /** 0: no heartbeats of the stream. */
  readonly streamHeartbeatSeconds: number;
  /** 0: no sweep. */
  readonly sweepIntervalSeconds: number;
  /** Hour of the day, in UTC, at which everything is compared; null: never by itself. */
  readonly fullComparisonHour: number | null;
  /** How long written fields and closed problems are kept. */
  readonly historyDays: number;
  readonly logLevel: LogLevel;
  /** Takes the claim on org and workspace from the service that has it. */
  readonly takeOver: boolean;
}

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .transform((value) => value.replace(/\/+$/, ""));
const text = z.string().trim().min(1);
const timeoutSeconds = z.coerce
  .number({ error: "must be a number of seconds" })
  .min(1, "must be at least 1")
  .max(600, "must be at most 600");

/**
 * Every variable with its meaning; `.env.example` is checked against it.
 * `.describe()` is the sentence an operator reads.
 */
export const environmentSchema = z.object({
  SALESFORCE_LOGIN_URL: httpUrl
    .default("https://login.salesforce.com")
    .describe("Where to sign in: the org's My Domain address"),
  SALESFORCE_CLIENT_ID: text.optional().describe("Consumer key of the External Client App"),
  SALESFORCE_CLIENT_SECRET: text
    .optional()
    .describe("Consumer secret; selects the client credentials flow"),
  SALESFORCE_USERNAME: text
    .optional()
    .describe("Integration user; selects the JWT bearer flow, with the private key"),
  SALESFORCE_PRIVATE_KEY_FILE: text.optional().describe("PEM file whose certificate the app knows"),
  SALESFORCE_ORG_ALIAS: text
    .optional()
    .describe("For development: sign in as this org of the sf CLI, instead of the above"),
  SALESFORCE_API_VERSION: z
    .string()
    .regex(/^\d{2,3}\.0$/, "must look like 61.0")
    .refine(
      (value) => Number(value) >= 52,
      "must be 52.0 or newer (events carry no EventUuid before)",
    )
    .default("61.0")
    .describe("API version of REST and streaming"),
  SALESFORCE_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z](?:_?[A-Za-z0-9])*$/, "must be a Salesforce namespace, without __")
    .optional()
    .describe("Namespace of the installed package, if it has one"),
  SALESFORCE_API_SHARE: z.coerce
    .number({ error: "must be a number from 0.05 to 1" })
    .min(0.05, "must be a number from 0.05 to 1")
    .max(1, "must be a number from 0.05 to 1")
    .default(0.8)
    .describe(
      "Usage of the org's daily API requests, by all its clients, at which the sweep stops",
    ),
  SALESFORCE_TIMEOUT_SECONDS: timeoutSeconds
    .default(60)
    .describe("Seconds to wait for an answer of Salesforce"),
  CIRCA_API_URL: httpUrl
    .default("https://app.circa.co/api/v1")
    .describe("Base address of Circa's API"),
  CIRCA_API_KEY: text.describe("API key of the integration in Circa"),
  CIRCA_WEBHOOK_SECRET: z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((secret) => secret.trim())
        .filter(Boolean),
    )
    .refine(
      (secrets) =>
        secrets.length > 0 &&
        secrets.every((secret) => /^whsec_[A-Za-z0-9+/]{20,}={0,2}$/.test(secret)),
      "must be one whsec_… secret, or several with commas between them while one is replaced",
    )
    .describe("Signing secret of the webhook endpoint; several, comma-separated, while rotating"),
  CIRCA_TIMEOUT_SECONDS: timeoutSeconds
    .default(30)
    .describe("Seconds to wait for an answer of Circa"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address")
    .optional()
    .describe("PostgreSQL, for more than one process; without it the embedded database is used"),
  DATA_DIR: text.default("data").describe("Folder of the embedded database"),
  PUBLIC_URL: httpUrl
    .optional()
    .describe("Where Circa reaches this service; without it an endpoint counts by its path alone"),
  HOST: text.default("127.0.0.1").describe("Address to listen on"),
  PORT: z.coerce
    .number({ error: "must be a port number" })
    .int("must be a port number")
    .min(0, "must be a port number")
    .max(65_535, "must be a port number")
    .default(8080)
    .describe("Port to listen on; 0 takes any free one"),
  ADMIN_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters")
    .describe("Bearer token of /api, at least 16 characters"),
  STREAM_HEARTBEAT_SECONDS: z.coerce
    .number({ error: "must be a number of seconds" })
    .int("must be whole seconds")
    .min(0, "must not be negative")
    .max(86_400, "must be at most 86400, a day")
    .default(1800)
    .describe("Seconds between proofs that events arrive; 0 switches them off"),
  SWEEP_INTERVAL_SECONDS: z.coerce
    .number({ error: "must be a number of seconds" })
    .int("must be whole seconds")
    .min(0, "must not be negative")
    .max(604_800, "must be at most 604800, a week")
    .default(3600)
    .describe("Seconds between sweeps; 0 switches the sweep off"),
  FULL_COMPARISON_HOUR: z
    .union([z.literal("off"), z.coerce.number().int().min(0).max(23)], {
      error: "must be an hour from 0 to 23, or off",
    })
    .default(2)
    .describe("Hour, in UTC, of the nightly comparison of everything, or `off`; needs the sweep"),
  HISTORY_DAYS: z.coerce
    .number({ error: "must be a number of days" })
    .int("must be whole days")
    .min(1, "must be at least 1")
    .max(36_500, "must be at most 36500, a hundred years")
    .default(365)
    .describe("Days that written fields and closed problems are kept"),
  TAKE_OVER: z
    .enum(["0", "1"], { error: "must be 0 or 1" })
    .default("0")
    .describe("1 takes over from another service, as `--take-over` does; for one start only"),
  LOG_LEVEL: z.enum(logLevels).default("info").describe("debug, info, warn, error or silent"),
});

type Environment = z.infer<typeof environmentSchema>;

/**
 * Reads the configuration. Blank variables count as not set.
 * @throws ConfigurationError naming every wrong variable at once; values are never repeated.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = issue.path.join(".");
        return given[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
      });
  const signIn = readSignIn(given, faults);
  if (!parsed.success || signIn === null || faults.length > 0) {
    throw new ConfigurationError(
      `The configuration can't be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}\nSee "Configuration" in docs/operations.md.`,
    );
  }
  return toConfig(parsed.data, signIn);
}

/** The way to sign in follows from the variables that are set; adds to `faults` when none is complete. */
function readSignIn(
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): SalesforceSignIn | null {
  const { SALESFORCE_ORG_ALIAS: alias, SALESFORCE_CLIENT_ID: clientId } = env;
  const { SALESFORCE_CLIENT_SECRET: clientSecret, SALESFORCE_USERNAME: username } = env;
  const privateKeyFile = env["SALESFORCE_PRIVATE_KEY_FILE"];
  if (alias !== undefined) return { kind: "cli_alias", alias };
  if (clientId === undefined) {
    faults.push(
      "SALESFORCE_CLIENT_ID is not set (with SALESFORCE_CLIENT_SECRET, or with SALESFORCE_USERNAME and SALESFORCE_PRIVATE_KEY_FILE; for development SALESFORCE_ORG_ALIAS alone)",
    );
    return null;
  }
  if (username !== undefined && privateKeyFile !== undefined) {
    return { kind: "jwt", clientId, username, privateKeyFile };
  }
  if (clientSecret !== undefined) return { kind: "client_credentials", clientId, clientSecret };
  faults.push(
    username === undefined && privateKeyFile === undefined
      ? "SALESFORCE_CLIENT_SECRET is not set (or SALESFORCE_USERNAME with SALESFORCE_PRIVATE_KEY_FILE)"
      : `${username === undefined ? "SALESFORCE_USERNAME" : "SALESFORCE_PRIVATE_KEY_FILE"} is not set: the JWT sign-in needs both of SALESFORCE_USERNAME and SALESFORCE_PRIVATE_KEY_FILE`,
  );
  return null;
}

function toConfig(env: Environment, signIn: SalesforceSignIn): Config {
  return {
    tenant: defaultTenant,
    salesforce: {
      loginUrl: env.SALESFORCE_LOGIN_URL,
      apiVersion: env.SALESFORCE_API_VERSION,
      namespace: env.SALESFORCE_NAMESPACE ?? null,
      signIn,
      apiShare: env.SALESFORCE_API_SHARE,
      requestTimeoutMs: env.SALESFORCE_TIMEOUT_SECONDS * 1_000,
    },
    circa: {
      apiUrl: env.CIRCA_API_URL,
      apiKey: env.CIRCA_API_KEY,
      webhookSecrets: env.CIRCA_WEBHOOK_SECRET,
      requestTimeoutMs: env.CIRCA_TIMEOUT_SECONDS * 1_000,
    },
    storage:
      env.DATABASE_URL === undefined
        ? { kind: "sqlite", dataDir: env.DATA_DIR }
        : { kind: "postgres", url: env.DATABASE_URL },
    publicUrl: env.PUBLIC_URL ?? null,
    host: env.HOST,
    port: env.PORT,
    adminToken: env.ADMIN_TOKEN,
    streamHeartbeatSeconds: env.STREAM_HEARTBEAT_SECONDS,
    sweepIntervalSeconds: env.SWEEP_INTERVAL_SECONDS,
    fullComparisonHour: env.FULL_COMPARISON_HOUR === "off" ? null : env.FULL_COMPARISON_HOUR,
    historyDays: env.HISTORY_DAYS,
    logLevel: env.LOG_LEVEL,
    takeOver: env.TAKE_OVER === "1",
  };
}

/** What no log line, error or page may show. */
export function secretsOf({ salesforce, circa, adminToken, storage }: Config): string[] {
  const { signIn } = salesforce;
  const password = storage.kind === "postgres" ? passwordIn(storage.url) : "";
  const own = signIn.kind === "client_credentials" ? [signIn.clientSecret] : [];
  return [...own, circa.apiKey, ...circa.webhookSecrets, adminToken, password];
}

function passwordIn(url: string): string {
  const { password } = URL.canParse(url) ? new URL(url) : { password: "" };
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
