import { readConfig } from "../../middleware/runtime/config.ts";
import { ConfigurationError } from "../../middleware/runtime/errors.ts";

const complete = {
  SALESFORCE_CLIENT_ID: "consumer-key",
  SALESFORCE_CLIENT_SECRET: "consumer-secret",
  CIRCA_API_KEY: "circa-key",
  CIRCA_WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  ADMIN_TOKEN: "sixteen characters",
};

function faultsOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env);
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
}

test("the least that is needed, with the defaults for the rest", () => {
  expect(readConfig(complete)).toMatchObject({
    salesforce: {
      loginUrl: "https://login.salesforce.com",
      apiVersion: "61.0",
      signIn: { kind: "client_credentials" },
    },
    circa: { apiUrl: "https://app.circa.co/api/v1" },
    storage: { kind: "sqlite", dataDir: "data" },
    port: 8080,
    sweepIntervalSeconds: 3600,
  });
});

test("how long answers are waited for", () => {
  expect(readConfig(complete)).toMatchObject({
    salesforce: { requestTimeoutMs: 60_000 },
    circa: { requestTimeoutMs: 30_000 },
  });
  const shorter = { SALESFORCE_TIMEOUT_SECONDS: "2.5", CIRCA_TIMEOUT_SECONDS: "1" };
  expect(readConfig({ ...complete, ...shorter })).toMatchObject({
    salesforce: { requestTimeoutMs: 2_500 },
    circa: { requestTimeoutMs: 1_000 },
  });
});

test("every wrong variable is named at once, and no value is repeated", () => {
  const faults = faultsOf({
    ...complete,
    CIRCA_API_KEY: undefined,
    CIRCA_WEBHOOK_SECRET: "not-a-secret-but-private",
    PORT: "eighty",
    SALESFORCE_API_VERSION: "40.0",
    SALESFORCE_LOGIN_URL: "ftp://org",
    ADMIN_TOKEN: "short",
  });
  for (const name of [
    "CIRCA_API_KEY",
    "CIRCA_WEBHOOK_SECRET",
    "PORT",
    "SALESFORCE_API_VERSION",
    "SALESFORCE_LOGIN_URL",
    "ADMIN_TOKEN",
  ]) {
    expect(faults).toContain(name);
  }
  expect(faults).not.toContain("not-a-secret-but-private");
});

test.each([
  ["STREAM_HEARTBEAT_SECONDS", 86_400],
  ["SWEEP_INTERVAL_SECONDS", 604_800],
  ["HISTORY_DAYS", 36_500],
  ["SALESFORCE_TIMEOUT_SECONDS", 600],
  ["CIRCA_TIMEOUT_SECONDS", 600],
  ["SALESFORCE_API_SHARE", 1],
  ["FULL_COMPARISON_HOUR", 23],
  ["PORT", 65_535],
])("%s is at most %d, so that no timer is beyond what timers can be", (name, most) => {
  expect(() => readConfig({ ...complete, [name]: String(most) })).not.toThrow();
  for (const more of [most + 1, 2_592_000, 1e300, Infinity]) {
    expect(faultsOf({ ...complete, [name]: String(more) })).toContain(name);
  }
});

test.each([
  ["no way to sign in", { SALESFORCE_CLIENT_ID: undefined }, /SALESFORCE_CLIENT_ID is not set/],
  [
    "an app without its secret",
    { SALESFORCE_CLIENT_SECRET: undefined },
    /SALESFORCE_CLIENT_SECRET/,
  ],
  [
    "half of the JWT sign-in",
    { SALESFORCE_CLIENT_SECRET: undefined, SALESFORCE_USERNAME: "sync@example.com" },
    /SALESFORCE_PRIVATE_KEY_FILE is not set/,
  ],
])("%s is said", (_name, change, message) => {
  expect(faultsOf({ ...complete, ...change })).toMatch(message);
});

test.each([
  [
    "jwt",
    {
      SALESFORCE_USERNAME: "sync@example.com",
      SALESFORCE_PRIVATE_KEY_FILE: "/run/secrets/key.pem",
    },
  ],
  ["cli_alias", { SALESFORCE_ORG_ALIAS: "dev" }],
])("signs in by %s when its variables are set", (kind, change) => {
  expect(readConfig({ ...complete, ...change }).salesforce.signIn.kind).toBe(kind);
});

test("several webhook secrets while one is replaced; blanks count as not set", () => {
  const secrets = `${complete.CIRCA_WEBHOOK_SECRET}, whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD`;
  const config = readConfig({ ...complete, CIRCA_WEBHOOK_SECRET: secrets, DATABASE_URL: " " });
  expect(config.circa.webhookSecrets).toHaveLength(2);
  expect(config.storage.kind).toBe("sqlite");
});
