/** What the processes stand in: both systems, a proxy before each, the store, and their keys. */
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import { readConfig, type Config } from "../../middleware/runtime/config.ts";
import { addEndpoint, middlewareSettings } from "../support/middleware-settings.ts";
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
  const settings = middlewareSettings(emulators);
  const { webhookSecret, adminToken } = settings;
  const postgres = options.postgres ? await startPostgres() : null;
  const store = postgres === null ? {} : { DATABASE_URL: await postgres.createDatabase() };
  const environment = (port: number) =>
    settings.environment({
      ...store,
      SALESFORCE_LOGIN_URL: proxies.salesforce.url,
      CIRCA_API_URL: `${proxies.circa.url}/api/v1`,
      SALESFORCE_TIMEOUT_SECONDS: String(timeoutSeconds),
      CIRCA_TIMEOUT_SECONDS: String(timeoutSeconds),
      PORT: String(port),
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
      settings.removeFolder();
    },
  };
}
