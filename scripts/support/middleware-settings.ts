/** What a middleware needs to stand between both emulators: keys, a folder, and an endpoint in Circa. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { webhookTypes } from "../../emulators/circa/webhooks/delivery.ts";

/** Both systems, as far as the middleware has to know them. */
export interface BothSystems {
  readonly salesforce: {
    readonly url: string;
    readonly integration: {
      readonly clientId: string;
      readonly username: string;
      readonly privateKeyPem: string;
    };
  };
  readonly circa: { readonly api: string; readonly integration: { readonly apiKey: string } };
}

export interface MiddlewareSettings {
  readonly webhookSecret: string;
  readonly adminToken: string;
  readonly dataDir: string;
  readonly privateKeyFile: string;
  /** By default on any free port, on the embedded database, and without a sweep. */
  readonly environment: (change?: Readonly<Record<string, string>>) => Record<string, string>;
  /** With the key and the database; at the end of this process it goes by itself. */
  removeFolder(): void;
}

export const newWebhookSecret = () => `whsec_${randomBytes(24).toString("base64")}`;

export function middlewareSettings(
  { salesforce, circa }: BothSystems,
  webhookSecret = newWebhookSecret(),
): MiddlewareSettings {
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const adminToken = randomBytes(24).toString("base64url");
  const privateKeyFile = join(folder, "integration.pem");
  const { clientId, username, privateKeyPem } = salesforce.integration;
  writeFileSync(privateKeyFile, privateKeyPem, { mode: 0o600 });
  const dataDir = join(folder, "data");
  return {
    webhookSecret,
    adminToken,
    dataDir,
    privateKeyFile,
    environment: (change = {}) => ({
      SALESFORCE_LOGIN_URL: salesforce.url,
      SALESFORCE_CLIENT_ID: clientId,
      SALESFORCE_USERNAME: username,
      SALESFORCE_PRIVATE_KEY_FILE: privateKeyFile,
      CIRCA_API_URL: circa.api,
      CIRCA_API_KEY: circa.integration.apiKey,
      CIRCA_WEBHOOK_SECRET: webhookSecret,
      DATA_DIR: dataDir,
      PORT: "0",
      ADMIN_TOKEN: adminToken,
      SWEEP_INTERVAL_SECONDS: "0",
      // A real org or database must never be reached from here.
      SALESFORCE_CLIENT_SECRET: "",
      SALESFORCE_NAMESPACE: "",
      SALESFORCE_ORG_ALIAS: "",
      DATABASE_URL: "",
      ...change,
    }),
    removeFolder() {
      remove();
      process.off("exit", remove);
    },
  };
}

/**
 * Has Circa send there all that it tells of.
 * @returns the endpoint's id
 * @throws when Circa refuses it
 */
export async function addEndpoint(
  { api, integration }: BothSystems["circa"],
  url: string,
  secret: string,
): Promise<string> {
  const answer = await fetch(`${api}/webhooks`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${integration.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ url, secret, types: webhookTypes }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Circa's webhooks: HTTP ${answer.status}: ${text}`);
  return (JSON.parse(text) as { id: string }).id;
}
