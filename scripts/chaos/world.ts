/** What the processes stand in: both systems, a proxy before each, the store, and their keys. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import { readConfig, type Config } from "../../middleware/runtime/config.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";
import type { ChaosOptions } from "./options.ts";

export interface World extends Emulators {
  /** Between the middleware and each system, and between Circa's webhooks and the middleware. */
  readonly proxies: Readonly<Record<"salesforce" | "circa" | "webhooks", FaultProxy>>;
  readonly webhookSecret: string;
  readonly adminToken: string;
  /** The configuration of a process that listens there. */
  environment(port: number): Record<string, string>;
  storage(): Config["storage"];
}

/** Short, so that an answer that never comes costs little of the run's time. */
const timeoutSeconds = 3;
const faultTimes = { delayMs: 150, stallMs: 2_000, dripMs: 1_000 };

/** @param webhookTarget the port that Circa's next webhook goes to */
export async function startWorld(
  options: ChaosOptions,
  webhookTarget: () => number,
): Promise<World> {
  const emulators = await startEmulators({
    links: options.links,
    // Circa tries again after 50 ms, 300 ms, 1.2 s, 6 s …
    webhookRetryScale: 0.01,
    webhookTimeoutMs: timeoutSeconds * 1_000,
    // People's edits count, too, and this is a day's work in minutes.
    dailyRequestLimit: 1_000_000,
    streaming: {
      pollTimeoutMs: 10_000,
      // By clients that die without a word.
      dailyDeliveryLimit: 1_000_000,
      concurrentClientLimit: 2_000,
    },
  });
  const { salesforce, circa } = emulators;
  const portOf = (url: string) => () => Number(new URL(url).port);
  const proxyTo = (target: () => number, nth: number) =>
    startFaultProxy({ seed: options.seed * 3 + nth, target, times: faultTimes });
  const proxies = {
    salesforce: await proxyTo(portOf(salesforce.url), 0),
    circa: await proxyTo(portOf(circa.url), 1),
    webhooks: await proxyTo(webhookTarget, 2),
  };
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-chaos-"));
  const keyFile = join(folder, "key.pem");
  writeFileSync(keyFile, salesforce.integration.privateKeyPem, { mode: 0o600 });
  const webhookSecret = `whsec_${randomBytes(24).toString("base64")}`;
  const adminToken = randomBytes(24).toString("hex");
  const postgres = options.postgres ? await startPostgres() : null;
  const store: Record<string, string> =
    postgres === null
      ? { DATA_DIR: join(folder, "data") }
      : { DATABASE_URL: await postgres.createDatabase() };
  const environment = (port: number): Record<string, string> => ({
    ...store,
    SALESFORCE_LOGIN_URL: proxies.salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce.integration.clientId,
    SALESFORCE_USERNAME: salesforce.integration.username,
    SALESFORCE_PRIVATE_KEY_FILE: keyFile,
    SALESFORCE_TIMEOUT_SECONDS: String(timeoutSeconds),
    CIRCA_API_URL: `${proxies.circa.url}/api/v1`,
    CIRCA_API_KEY: circa.integration.apiKey,
    CIRCA_WEBHOOK_SECRET: webhookSecret,
    CIRCA_TIMEOUT_SECONDS: String(timeoutSeconds),
    PORT: String(port),
    ADMIN_TOKEN: adminToken,
    SWEEP_INTERVAL_SECONDS: String(options.sweepSeconds),
    LOG_LEVEL: options.logFolder === null ? "silent" : "info",
  });
  await addEndpoint(circa, `${proxies.webhooks.url}/webhooks/circa/default`, webhookSecret);
  return {
    salesforce,
    circa,
    proxies,
    webhookSecret,
    adminToken,
    environment,
    storage: () => readConfig(environment(0)).storage,
    async close() {
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      await Promise.all([emulators.close(), postgres?.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addEndpoint(circa: Emulators["circa"], url: string, secret: string): Promise<void> {
  const kinds = ["created", "updated", "deleted", "connected", "disconnected"];
  const answer = await fetch(`${circa.api}/webhooks`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${circa.integration.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ url, secret, types: kinds.map((kind) => `event.${kind}`) }),
  });
  if (!answer.ok) throw new Error(`Circa's webhooks: HTTP ${answer.status}`);
}
