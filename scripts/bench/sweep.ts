/**
 * The comparison of everything, and the sweep of what has moved: how long they take, how many
 * calls they make, and what the middleware's process holds meanwhile. Both emulators take 150 ms a
 * page, so what is measured is the way of asking, not this machine.
 */
import { z } from "zod";
import { buildMiddleware, startMiddleware } from "../support/middleware-process.ts";
import { backlogWorld, type BacklogWorld } from "./backlog-world.ts";
import type { Bench, Measurement } from "./bench.ts";
import { forgetPeakMemory, peakMemoryMb } from "./peak-memory.ts";
import { postWithoutTimeout } from "./post-without-timeout.ts";
import { processSeconds } from "./process-time.ts";

const pageMs = 150;
const typicalLinks = 10_000;
/** From 100,000 links on more may be held. */
const maxMemoryMb = (links: number) => (links <= 10_000 ? 150 : 200);
/** Circa's pages of 25, four at once, at 150 ms each: 667 a second can't be passed. */
const goalPerSecond = 500;

const findingsSchema = z.looseObject({
  missed: z.number(),
  unsettled: z.number(),
  campaignsRead: z.number(),
  eventsRead: z.number(),
});

export const sweepBench: Bench = {
  name: "sweep",
  about: "a comparison of everything and a sweep of what has moved, at 150 ms a page",
  async run(print): Promise<Measurement> {
    const links = Number(process.env["BENCH_LINKS"] ?? typicalLinks);
    buildMiddleware();
    const world = await backlogWorld(links);
    const middleware = await startMiddleware({ env: world.environment });
    const sweep = async (path: string) => {
      try {
        const token = world.environment["ADMIN_TOKEN"] ?? "";
        return findingsSchema.parse(await postWithoutTimeout(middleware.url + path, token));
      } catch (error) {
        const log = middleware.logTail().join("\n");
        throw new Error(`${path} failed. The end of the log:\n${log}`, { cause: error });
      }
    };
    try {
      const began = Date.now();
      await world.settled(middleware.url);
      const settledSeconds = ((Date.now() - began) / 1_000).toFixed(0);
      print(`${links} links in line after ${settledSeconds} s`);
      // What it looks at by itself when it starts is no part of this.
      await sweep("/api/sweep");
      const before = peakMemoryMb(middleware.pid);
      forgetPeakMemory(middleware.pid);
      await world.setDelays(pageMs, 0);
      await slowDownCirca(world);

      const timed = async (what: string, path: string) => {
        const calls = await requestsOf(world);
        const startedAt = Date.now();
        const usedBefore = processSeconds(middleware.pid);
        const findings = await sweep(path);
        const seconds = (Date.now() - startedAt) / 1_000;
        const used = (processSeconds(middleware.pid) ?? 0) - (usedBefore ?? 0);
        const now = await requestsOf(world);
        print(
          `${what}: ${seconds.toFixed(1)} s, ${used.toFixed(1)} s of processor time, ${findings.campaignsRead} Campaigns and ${findings.eventsRead} Events read, ${findings.missed + findings.unsettled} found`,
        );
        print(`  calls of Salesforce: ${difference(calls.salesforce, now.salesforce)}`);
        print(`  calls of Circa: ${difference(calls.circa, now.circa)}`);
        return seconds;
      };
      const seconds = await timed("everything", "/api/sweep?full=true");
      await timed("what has moved, with the last minutes", "/api/sweep");
      const memoryMb = peakMemoryMb(middleware.pid);
      print(`memory ${memoryMb} MB at the most, and ${before} MB while the links were made`);
      if (memoryMb > maxMemoryMb(links)) {
        throw new Error(`${memoryMb} MB of memory, promised are ${maxMemoryMb(links)} MB`);
      }
      return { unit: "links compared a second", perSecond: links / seconds, goalPerSecond };
    } finally {
      await middleware.stop();
      await world.close();
    }
  },
};

const circaOf = ({ environment }: BacklogWorld) =>
  new URL(environment["CIRCA_API_URL"] ?? "").origin;

async function slowDownCirca(world: BacklogWorld): Promise<void> {
  const slow = { kind: "slow", delay_ms: pageMs, method: "GET", path: "/events", times: 1_000_000 };
  const answer = await fetch(`${circaOf(world)}/emulator/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ requests: [slow] }),
  });
  if (!answer.ok) throw new Error(`Circa's emulator: HTTP ${answer.status}`);
}

type Counts = Readonly<Record<string, number>>;
const countsSchema = z.record(z.string(), z.number());
const salesforceSchema = z.looseObject({ requests: countsSchema });
const circaSchema = z.looseObject({ requests: z.looseObject({ by_kind: countsSchema }) });

/** By kind: what other parts of the middleware ask meanwhile is seen as such. */
async function requestsOf(world: BacklogWorld): Promise<{ salesforce: Counts; circa: Counts }> {
  const statsOf = async (url: string): Promise<unknown> =>
    (await fetch(`${url}/emulator/stats`)).json();
  return {
    salesforce: salesforceSchema.parse(await statsOf(world.salesforceUrl)).requests,
    circa: circaSchema.parse(await statsOf(circaOf(world))).requests.by_kind,
  };
}

function difference(before: Counts, after: Counts): string {
  const made = Object.entries(after)
    .map(([kind, count]) => ({ kind, count: count - (before[kind] ?? 0) }))
    .filter(({ count }) => count > 0);
  return made.map(({ kind, count }) => `${count} ${kind}`).join(", ") || "none";
}
