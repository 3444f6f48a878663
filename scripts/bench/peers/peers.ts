/** What is measured side by side: this product, and what its users would pick instead. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startMiddleware } from "../../support/middleware-process.ts";
import { waitUntil } from "../../../emulators/wait-until.ts";
import { middlewareSettings } from "../../support/middleware-settings.ts";
import { startPostgres } from "../../support/postgres-server.ts";
import { startNodeRed } from "./node-red.ts";
import type { WorldAddresses } from "./world-commands.ts";

export interface RunningPeer {
  readonly pid: number;
  /** Takes Circa's webhooks. */
  readonly webhookUrl: string;
  /** Waits until nothing is left to do; webhooks are delivered by now. */
  settled(): Promise<void>;
  /** Compares every link on both sides, whether it changed or not; null: it can't. */
  readonly compareAll: (() => Promise<void>) | null;
  stop(): Promise<void>;
}

export interface Peer {
  readonly name: string;
  start(world: WorldAddresses, links: number): Promise<RunningPeer>;
}

const deadlineMs = 900_000;

const statusSchema = z.looseObject({
  links: z.number(),
  backlog: z.object({ due: z.number(), later: z.number() }),
});

function product(name: string, onPostgres: boolean): Peer {
  return {
    name,
    async start(world, links) {
      const postgres = onPostgres ? await startPostgres({ fsync: true }) : null;
      const settings = middlewareSettings(
        {
          salesforce: { url: world.salesforceUrl, integration: world.signIn },
          circa: { api: world.circaApi, integration: { apiKey: world.apiKey } },
        },
        world.webhookSecret,
      );
      const middleware = await startMiddleware({
        env: settings.environment({
          DATABASE_URL: (await postgres?.createDatabase()) ?? "",
          LOG_LEVEL: "info",
        }),
      });
      const ask = (method: string, path: string) =>
        fetch(`${middleware.url}${path}`, {
          method,
          headers: { authorization: `Bearer ${settings.adminToken}` },
        });
      return {
        pid: middleware.pid,
        webhookUrl: `${middleware.url}/webhooks/circa/default`,
        async settled() {
          await waitUntil({
            wanted: `nothing to be due over ${links} links`,
            read: async () => statusSchema.parse(await (await ask("GET", "/api/status")).json()),
            holds: (now) => now.links >= links && now.backlog.due + now.backlog.later === 0,
            deadlineMs,
            everyMs: 250,
          });
        },
        async compareAll() {
          const answer = await ask("POST", "/api/sweep?full=true");
          if (!answer.ok) throw new Error(`A full comparison: HTTP ${answer.status}`);
        },
        async stop() {
          await middleware.stop();
          await postgres?.close();
          settings.removeFolder();
        },
      };
    },
  };
}

const plainScript: Peer = {
  name: "jsforce script",
  async start(world) {
    const script = fileURLToPath(new URL("script-peer.mjs", import.meta.url));
    const child = spawn(process.execPath, [script], {
      env: {
        PATH: process.env["PATH"],
        SALESFORCE_URL: world.salesforceUrl,
        ACCESS_TOKEN: world.accessToken,
        CIRCA_API: world.circaApi,
        API_KEY: world.apiKey,
        WEBHOOK_SECRET: world.webhookSecret,
        FEE_KEY: world.feeKey,
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const [{ listening }] = (await once(child, "message")) as [{ listening: number }];
    return running(child, `http://127.0.0.1:${listening}/`);
  },
};

const nodeRed: Peer = {
  name: "Node-RED",
  async start(world) {
    const { child, url } = await startNodeRed(world);
    return running(child, url);
  },
};

/** A peer that keeps nothing has nothing left to do. */
function running(child: ChildProcess, webhookUrl: string): RunningPeer {
  return {
    pid: child.pid ?? 0,
    webhookUrl,
    settled: () => Promise.resolve(),
    compareAll: null,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export const peers: readonly Peer[] = [
  product("SQLite", false),
  product("PostgreSQL", true),
  plainScript,
  nodeRed,
];
