/** The middleware's configuration in the demo: environment variables only, as in production. */
import { join } from "node:path";
import type { DemoSettings } from "./settings.ts";
import type { RunningEmulators } from "./start-emulators.ts";

/** The two secrets that the demo makes up at each start. */
export interface MiddlewareSecrets {
  readonly webhookSecret: string;
  readonly adminToken: string;
}

export function middlewareEnvironment(
  { line, folder }: RunningEmulators,
  settings: DemoSettings,
  { webhookSecret, adminToken }: MiddlewareSecrets,
): Record<string, string> {
  const { salesforce, circa } = line;
  return {
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_API_VERSION: salesforce.apiVersion,
    SALESFORCE_CLIENT_ID: salesforce.integration.clientId,
    SALESFORCE_USERNAME: salesforce.integration.username,
    SALESFORCE_PRIVATE_KEY_FILE: salesforce.integration.privateKeyFile,
    CIRCA_API_URL: circa.api,
    CIRCA_API_KEY: circa.integration.apiKey,
    CIRCA_WEBHOOK_SECRET: webhookSecret,
    DATA_DIR: join(folder, "data"),
    HOST: "127.0.0.1",
    PORT: String(settings.middlewarePort),
    ADMIN_TOKEN: adminToken,
    SWEEP_INTERVAL_SECONDS: String(settings.sweepIntervalSeconds),
    LOG_LEVEL: settings.logLevel,
    // A real org or database must never be reached from here.
    SALESFORCE_CLIENT_SECRET: "",
    SALESFORCE_NAMESPACE: "",
    SALESFORCE_ORG_ALIAS: "",
    DATABASE_URL: "",
  };
}
