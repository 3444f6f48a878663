/**
 * The comparison of everything, and the sweep of what has moved: how long they take, how many
 * calls they make, and what the middleware's process holds meanwhile. Both emulators take 150 ms a
 * page, so what is measured is the way of asking, not this machine.
 */
import { execFileSync } from "node:child_process";
import { z } from "zod";
import { startMiddleware } from "../demo/middleware-process.ts";
import { backlogWorld, type BacklogWorld } from "./backlog-world.ts";
import type { Bench, Measurement } from "./bench.ts";
import { peakMemoryMb } from "./peak-memory.ts";

const pageMs = 150;
const usualLinks = 10_000;
/** From 100,000 links on more may be held. */
const mostMemoryMb = (links: number) => (links <= 10_000 ? 150 : 200);
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
    const links = Number(process.env["BENCH_LINKS"] ?? usualLinks);
    execFileSync(process.execPath, ["scripts/build.mjs"]);
    const world = await backlogWorld(links);
    const middleware = await startMiddleware({ env: world.environment });
    try {
      const began = Date.now();
      await world.settled(middleware.url);
      const settledSeconds = ((Date.now() - began) / 1_000).toFixed(0);
      print(`${links} links in line after ${settledSeconds} s`);
      const before = peakMemoryMb(middleware.pid);
      await world.setDelays(pageMs, 0);
      await slowDownCirca(world);

      const timed = async (what: string, path: string) => {
        const calls = await requestsOf(world);
        const startedAt = Date.now();
        const answer = await fetch(middleware.url + path, {
          method: "POST",
          headers: { authorization: `Bearer ${world.environment["ADMIN_TOKEN"] ?? ""}` },
        });
        if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
        const findings = findingsSchema.parse(await answer.json());
        const seconds = (Date.now() - startedAt) / 1_000;
        const now = await requestsOf(world);
        const made = now.salesforce - calls.salesforce;
        print(
          `${what}: ${seconds.toFixed(1)} s, ${made} calls of Salesforce, ${now.circa - calls.circa} of Circa, ${findings.campaignsRead} Campaigns and ${findings.eventsRead} Events read, ${findings.missed + findings.unsettled} found`,
        );
        return seconds;
      };
      const seconds = await timed("everything", "/api/sweep?full=true");
      await timed("what has moved, with the last minutes", "/api/sweep");
      const memoryMb = peakMemoryMb(middleware.pid);
      print(`memory ${memoryMb} MB at the most, ${before} MB before`);
      if (memoryMb > mostMemoryMb(links)) {
        throw new Error(`${memoryMb} MB of memory, promised are ${mostMemoryMb(links)} MB`);
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

/** By kind; Circa's emulator tells the sum as well. */
const countsSchema = z.looseObject({ requests: z.record(z.string(), z.unknown()) });
/** What other parts of the middleware ask meanwhile: the stream, and the screens' rows. */
const others = /^(cometd|oauth|collections)/;

async function requestsOf(world: BacklogWorld): Promise<{ salesforce: number; circa: number }> {
  const countAt = async (url: string) => {
    const { requests } = countsSchema.parse(await (await fetch(`${url}/emulator/stats`)).json());
    const { total } = requests;
    if (typeof total === "number") return total;
    const counted = Object.entries(requests).filter(([kind]) => !others.test(kind));
    return counted.reduce((sum, [, count]) => sum + Number(count), 0);
  };
  return {
    salesforce: await countAt(world.salesforceUrl),
    circa: await countAt(circaOf(world)),
  };
}
