/** The whole thing running: both emulators, seeded and linked, and the real middleware between. */
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { startEmulators, type EmulatorOptions, type Emulators } from "../../emulators/start.ts";
import { systemClock, type Clock } from "../../middleware/runtime/clock.ts";
import { readConfig, type Config } from "../../middleware/runtime/config.ts";
import { createLog, logLevels } from "../../middleware/runtime/log.ts";
import { startMiddleware, type Middleware } from "../../middleware/main.ts";
import type { Status } from "../../middleware/http/status.ts";
import { doorProgram } from "./bundle.ts";
import { eventually } from "./eventually.ts";
import { addEndpoint, middlewareSettings } from "../../scripts/support/middleware-settings.ts";
import { startPostgres } from "../../scripts/support/postgres-server.ts";

export interface RunningSync {
  readonly salesforce: Emulators["salesforce"];
  readonly circa: Emulators["circa"];
  /** The address webhooks go to; stays the same over a restart. */
  readonly webhookUrl: string;
  middleware(): Middleware;
  /** The middleware's own API with the admin token; the answer's JSON. */
  admin<T>(method: "GET" | "POST", path: string): Promise<T>;
  status(): Promise<Status>;
  /** Waits until no webhook is on its way, nothing is due and the stream delivers. */
  settled(): Promise<Status>;
  /** The middleware's configuration as environment variables, at its present address. */
  environment(): Record<string, string>;
  stopMiddleware(): Promise<void>;
  startMiddleware(change?: Record<string, string>): Promise<void>;
  /** One more in this process, of the same configuration, on a port of its own. */
  startAnother(change?: Record<string, string>): Promise<Middleware>;
  /** Sends a webhook signed with the endpoint's secret, or with another one. */
  sendWebhook(body: string, how?: WebhookOptions): Promise<Response>;
  close(): Promise<void>;
}

export interface WebhookOptions {
  readonly id?: string;
  readonly sentAt?: Date;
  readonly secret?: string;
  readonly contentType?: string;
  /** Another middleware's address. @default the one at `webhookUrl` */
  readonly to?: string;
}

export interface SyncOptions extends EmulatorOptions {
  /** Environment variables on top of the usual ones. */
  readonly env?: Record<string, string>;
  /** The middleware's time; the emulators keep to the machine's. @default the machine's */
  readonly clock?: Clock;
}

/**
 * Starts all of it; the sweep is off unless `env` says otherwise. `TEST_ENGINE=postgres` puts the
 * tests that don't name a store on PostgreSQL instead of the embedded database.
 */
export async function startSync(options: SyncOptions = {}): Promise<RunningSync> {
  const onPostgres = process.env["TEST_ENGINE"] === "postgres";
  const server = onPostgres && options.env?.["DATABASE_URL"] == null ? await startPostgres() : null;
  const store = server === null ? {} : { DATABASE_URL: await server.createDatabase() };
  const emulators = await startEmulators({ links: 3, ...options });
  const { salesforce, circa } = emulators;
  const { clock = systemClock } = options;
  const settings = middlewareSettings(emulators);
  const { webhookSecret, adminToken } = settings;
  const log = createLog(
    logLevels.find((level) => level === process.env["TEST_LOG_LEVEL"]) ?? "silent",
  );

  const middlewareParts = { log, clock, doorProgram: doorProgram() };

  const environment = (change: Record<string, string>) =>
    settings.environment({
      // A heartbeat is an event too: a test that drops or counts events would meet it.
      STREAM_HEARTBEAT_SECONDS: "0",
      ...store,
      ...options.env,
      ...change,
    });
  const configure = (change: Record<string, string>): Config => readConfig(environment(change));

  // Registered first, as an admin would: a service without an endpoint polls.
  const nowhere = "http://127.0.0.1:9/webhooks/circa/default";
  const endpointId = await addEndpoint(circa, nowhere, webhookSecret);
  let running: Middleware | null = await startMiddleware(configure({}), middlewareParts);
  const { url } = running;
  const webhookUrl = `${url}/webhooks/circa/default`;
  const moved = await fetch(`${circa.api}/webhooks/${endpointId}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${circa.integration.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ url: webhookUrl }),
  });
  if (!moved.ok) throw new Error(`${endpointId}: HTTP ${moved.status}: ${await moved.text()}`);

  const sync: RunningSync = {
    salesforce,
    circa,
    webhookUrl,
    middleware() {
      if (running === null) throw new Error("the middleware is stopped");
      return running;
    },
    async admin(method, path) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${adminToken}` },
      });
      if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as never;
    },
    status: () => sync.admin("GET", "/api/status"),
    settled: () =>
      eventually(
        "nothing is due and the stream delivers",
        async () => {
          if (await firstAttemptIsMissing(circa.url)) return false;
          const status = await sync.status();
          const idle = status.backlog?.due === 0 && status.stream.state === "subscribed";
          return idle && (status.links ?? 0) > 0 && status.mappings.readAt !== null && status;
        },
        60_000,
      ),
    environment: () => environment({ PORT: new URL(url).port }),
    async stopMiddleware() {
      await running?.stop();
      running = null;
    },
    async startMiddleware(change = {}) {
      const port = new URL(url).port;
      running = await startMiddleware(configure({ PORT: port, ...change }), middlewareParts);
    },
    startAnother: (change = {}) =>
      startMiddleware(configure({ PORT: "0", ...change }), middlewareParts),
    async sendWebhook(body, how = {}) {
      const id = how.id ?? `msg_${randomBytes(8).toString("hex")}`;
      const sentAt = how.sentAt ?? new Date();
      const signature = new Webhook(how.secret ?? webhookSecret).sign(id, sentAt, body);
      return fetch(how.to === undefined ? webhookUrl : `${how.to}/webhooks/circa/default`, {
        method: "POST",
        body,
        headers: {
          "content-type": how.contentType ?? "application/json",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
          "webhook-signature": signature,
        },
      });
    },
    async close() {
      await sync.stopMiddleware();
      await emulators.close();
      await server?.close();
      settings.removeFolder();
    },
  };
  return sync;
}

/** An edit is answered before Circa has sent the webhook that tells of it. */
async function firstAttemptIsMissing(circaUrl: string): Promise<boolean> {
  const look = async <T>(path: string) => (await (await fetch(circaUrl + path)).json()) as T;
  const stats = await look<{ webhooks: { pending: number } }>("/emulator/stats");
  if (stats.webhooks.pending === 0) return false;
  const { data } = await look<{ data: { state: string; attempts: unknown[] }[] }>(
    "/emulator/deliveries",
  );
  return data.some(({ state, attempts }) => state === "pending" && attempts.length === 0);
}
