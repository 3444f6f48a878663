/** Both emulators, and a middleware in a process that dies at a step and is started again. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import SqliteDatabase from "libsql";
import { z } from "zod";
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import type { Tables } from "../../middleware/store/database/tables.ts";
import type { Status } from "../../middleware/http/status.ts";
import { freePort } from "../../scripts/support/free-port.ts";
import { addEndpoint, middlewareSettings } from "../../scripts/support/middleware-settings.ts";
import { bundle, doorProgram } from "./bundle.ts";
import type { Death, CrashableMessage } from "./crashable-middleware.ts";

export interface CrashableSync {
  readonly salesforce: Emulators["salesforce"];
  readonly circa: Emulators["circa"];
  /** The process that runs will die there. Resolves when it knows. */
  dieAt(death: Death): Promise<void>;
  /** True once the process that ran is dead. */
  isDead(): boolean;
  /** Starts the next process, which may die at its start; its predecessor is killed if need be. */
  restart(death?: Death): Promise<void>;
  /** The middleware's own API; null while nobody answers. */
  admin<T>(method: "GET" | "POST", path: string): Promise<T | null>;
  status(): Promise<Status | null>;
  /** All rows of a table of the store. */
  rows(table: keyof Tables): Record<string, unknown>[];
  close(): Promise<void>;
}

/** Below node_modules, so that it finds what the middleware depends on. */
const program = `node_modules/.cache/event-info-sync/mortal-middleware-${process.pid}.mjs`;
const messageSchema = z.object({ url: z.string().optional() });

/** The sweep is off: what comes through has come by webhooks and the stream. */
export async function startCrashableSync(links: number): Promise<CrashableSync> {
  bundle("test/support/crashable-middleware.ts", program);
  const emulators = await startEmulators({
    links,
    // Circa tries again after 20 ms, 120 ms, 480 ms …
    webhookRetryScale: 0.004,
    // A killed process says no goodbye: its session counts as a client until it runs out.
    streaming: { pollTimeoutMs: 5_000, concurrentClientLimit: 1_000 },
  });
  const { salesforce, circa } = emulators;
  const settings = middlewareSettings(emulators);
  const { webhookSecret, adminToken, dataDir } = settings;
  const port = String(await freePort());
  const environment = settings.environment({
    DOOR_PROGRAM: doorProgram().href,
    PORT: port,
    LOG_LEVEL: process.env["TEST_LOG_LEVEL"] ?? "silent",
  });

  let standby = loadProcess();
  let running: CrashableProcess | null = null;
  let url = "";
  const sync: CrashableSync = {
    salesforce,
    circa,
    async dieAt(death) {
      await running?.tell({ death });
    },
    isDead: () => running === null || running.isDead(),
    async restart(death) {
      await running?.kill();
      running = standby;
      standby = loadProcess();
      const answer = await running.tell({
        start: environment,
        ...(death === undefined ? {} : { death }),
      });
      if (answer === null && death === undefined) throw new Error("The process ended at its start");
      if (answer?.url === undefined) return;
      url = answer.url;
    },
    async admin(method, path) {
      const headers = { authorization: `Bearer ${adminToken}` };
      const answer = await fetch(url + path, { method, headers }).catch(() => null);
      const body = answer?.ok === true ? await answer.json().catch(() => null) : null;
      return body as never;
    },
    status: () => sync.admin("GET", "/api/status"),
    rows(table) {
      const database = new SqliteDatabase(join(dataDir, "event-info-sync.sqlite"));
      try {
        return database.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
      } finally {
        database.close();
      }
    },
    async close() {
      await Promise.all([running?.kill(), standby.kill()]);
      await emulators.close();
      settings.removeFolder();
      rmSync(program);
    },
  };
  try {
    // Known before the first start: without an endpoint Circa would be polled.
    await addEndpoint(circa, `http://127.0.0.1:${port}/webhooks/circa/default`, webhookSecret);
    await sync.restart();
  } catch (error) {
    await sync.close();
    throw error;
  }
  return sync;
}

interface CrashableProcess {
  /** @returns its answer, or null when it died of it */
  tell(message: CrashableMessage): Promise<{ readonly url?: string | undefined } | null>;
  isDead(): boolean;
  kill(): Promise<void>;
}

function loadProcess(): CrashableProcess {
  const child: ChildProcess = spawn(process.execPath, ["--enable-source-maps", program], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let dead = false;
  const exited = once(child, "exit").then(() => {
    dead = true;
    return null;
  });
  const answer = () => Promise.race([once(child, "message"), exited]);
  const loaded = answer();
  return {
    async tell(message) {
      await loaded;
      if (dead) return null;
      const answered = answer();
      child.send(message, () => undefined);
      const said = await answered;
      return said === null ? null : messageSchema.parse(said[0]);
    },
    isDead: () => dead,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
