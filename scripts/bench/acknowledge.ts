/**
 * How fast webhooks are acknowledged: at a usual rate, while everything is compared, and in a storm
 * of which half is wrongly signed. The sender is a process of its own and waits for nothing.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import SqliteDatabase from "libsql";
import { z } from "zod";
import { buildMiddleware, startMiddleware } from "../support/middleware-process.ts";
import { backlogWorld, type BacklogWorld } from "./backlog-world.ts";
import type { Bench } from "./bench.ts";
import type { SendOrder } from "./open-loop-sender.ts";
import { peakMemoryMb } from "./peak-memory.ts";
import type { Percentiles } from "./peers/percentiles.ts";
import { measureFloors } from "./peers/floors.ts";
import { sendWebhooks } from "./send-webhooks.ts";

/** Fewer for a quick look: `ACKNOWLEDGE_LINKS=1000 npm run bench -- acknowledge`. */
const links = Number(process.env["ACKNOWLEDGE_LINKS"] ?? 10_000);
const rounds = 5;

const run = promisify(execFile);
const figures = z.object({ p50: z.number(), p99: z.number(), max: z.number() });
const program = (name: string, argument: string) =>
  run(process.execPath, ["--import", "tsx", `scripts/bench/${name}.ts`, argument], {
    maxBuffer: 1e9,
  });
const outcomeSchema = z.object({
  sent: z.number(),
  statuses: z.record(z.string(), z.number()),
  withoutRetryAfter: z.number(),
  acknowledgedMs: figures,
  accepted: z.array(z.string()),
});
type Outcome = z.infer<typeof outcomeSchema> & { readonly healthMs: Percentiles };

export const acknowledgeBench: Bench = {
  name: "acknowledge",
  about: `webhooks at 200/s, during a comparison of ${links.toLocaleString("en")} links, and 5,000/s`,
  isLong: true,
  async run(print) {
    const floors = await measureFloors();
    print(`this machine: ${Math.round(floors.durableRequests)} durable requests a second`);
    if (process.env["ACKNOWLEDGE_BUILD"] !== "0") {
      buildMiddleware();
    }
    const world = await backlogWorld(links);
    const middleware = await startMiddleware({ env: world.environment });
    const folder = mkdtempSync(join(tmpdir(), "event-info-sync-acknowledge-"));
    try {
      await world.settled(middleware.url);
      await world.readEvents();
      const send = sender(world, middleware.url, join(folder, "bodies"));
      print(said("200/s", await send({ perSecond: 200, seconds: 10 })));
      await world.settled(middleware.url);

      const comparing = fetch(`${middleware.url}/api/sweep?full=true`, {
        method: "POST",
        headers: { authorization: `Bearer ${world.environment["ADMIN_TOKEN"] ?? ""}` },
      }).then((answer) => answer.text());
      const beside = await send({ perSecond: 200, seconds: 10 });
      print(said("200/s during a comparison", beside));
      await comparing;
      await world.settled(middleware.url);

      await world.takeDown();
      const startMs = performance.now();
      const { sent } = await sendWebhooks(world, middleware.url, Math.min(links, 2_000) * rounds);
      const perSecond = (sent / (performance.now() - startMs)) * 1_000;
      const share = perSecond / floors.durableRequests;
      print(`as fast as it goes: ${perSecond.toFixed(0)}/s, ${share.toFixed(2)} of the floor`);

      const storm = await send({ perSecond: 5_000, seconds: 10, wrongShare: 0.5 });
      print(said("5,000/s, half of it wrong", storm));
      print(`memory: ${peakMemoryMb(middleware.pid)} MB at the most`);
      await drained(world, middleware.url);
      const lost = lostOf(world, storm.accepted);
      print(`acknowledged and lost: ${lost} of ${storm.accepted.length}`);
      if (lost > 0) throw new Error("an acknowledged webhook was lost");
      const goalPerSecond = 0.8 * floors.durableRequests;
      return { unit: "durable webhooks a second", perSecond, goalPerSecond };
    } finally {
      await middleware.stop();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  readonly wrongShare?: number;
}

function sender(world: BacklogWorld, middlewareUrl: string, bodiesFile: string) {
  const bodies = Array.from({ length: Math.min(links, 2_000) }, (_, nth) => {
    const { data, ...rest } = JSON.parse(world.webhookBody(nth, 0)) as { data: object };
    const marked = { ...rest, data: { ...data, version: "ROUND", location: "Hall ROUND" } };
    return JSON.stringify(marked).replace('"ROUND"', "ROUND");
  });
  writeFileSync(bodiesFile, bodies.join("\n"));
  let loads = 0;
  return async ({ wrongShare = 0, ...load }: Load): Promise<Outcome> => {
    loads += 1;
    const order: SendOrder = {
      ...load,
      wrongShare,
      bodiesFile,
      url: `${middlewareUrl}/webhooks/circa/default`,
      secret: world.webhookSecret,
      prefix: `load_${loads}`,
      firstRound: loads * 1_000,
    };
    const asking = program("ask-health", middlewareUrl);
    const { stdout } = await program("open-loop-sender", JSON.stringify(order));
    asking.child.stdin?.end();
    const healthMs = JSON.parse((await asking).stdout) as Percentiles;
    return { ...outcomeSchema.parse(JSON.parse(stdout)), healthMs };
  };
}

function said(what: string, { sent, statuses, ...outcome }: Outcome): string {
  const show = ({ p50, p99, max }: Percentiles) =>
    `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms`;
  const answers = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
  return `${what}: ${sent} sent (${answers.join(", ")}); acknowledged ${show(outcome.acknowledgedMs)}; health ${show(outcome.healthMs)}`;
}

async function drained(world: BacklogWorld, middlewareUrl: string): Promise<void> {
  const headers = { authorization: `Bearer ${world.environment["ADMIN_TOKEN"] ?? ""}` };
  for (;;) {
    const answer = await fetch(`${middlewareUrl}/api/status`, { headers });
    const { webhooksWaiting } = (await answer.json()) as { webhooksWaiting?: { count: number } };
    if ((webhooksWaiting?.count ?? 0) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function lostOf(world: BacklogWorld, accepted: readonly string[]): number {
  const file = join(world.environment["DATA_DIR"] ?? "", "event-info-sync.sqlite");
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const rows = database.prepare("select message_id from deliveries").all();
    const kept = new Set((rows as { message_id: string }[]).map((row) => row.message_id));
    return accepted.filter((id) => !kept.has(id)).length;
  } finally {
    database.close();
  }
}
