/**
 * An hour of outage: what 100 edits a second over 10,000 links leave behind while Salesforce is
 * down, sent as signed webhooks as fast as the middleware takes them, and how it drains. The
 * middleware is a process of its own, as `npm start` runs it; both emulators run in this one.
 */
import { buildMiddleware, startMiddleware } from "../support/middleware-process.ts";
import { backlogWorld, type BacklogWorld } from "./backlog-world.ts";
import type { Bench, Measurement } from "./bench.ts";
import { countRequests } from "./count-requests.ts";
import { peakMemoryMb } from "./peak-memory.ts";
import { sendWebhooks } from "./send-webhooks.ts";
import { waitUntil } from "../../emulators/wait-until.ts";

/** Fewer for a quick look: `BACKLOG_LINKS=1000 BACKLOG_EDITS=3 npm run bench -- backlog`. */
const links = Number(process.env["BACKLOG_LINKS"] ?? 10_000);
const editsPerLink = Number(process.env["BACKLOG_EDITS"] ?? 36);
/** What a call takes, and each record of it: the profile that all figures of this project assume. */
const callMs = 200;
const recordMs = 4;
const maxWrites = 60;
const maxSeconds = 30;
const maxMemoryMb = 250;
const probeEveryMs = 30_000;
/** In the first two minutes it is tried every five seconds. */
const maxEarlyProbes = 24;

export const backlogBench: Bench = {
  name: "backlog",
  about: `${(links * editsPerLink).toLocaleString("en")} edits of ${links.toLocaleString("en")} links while Salesforce is down, and the time after`,
  async run(print): Promise<Measurement> {
    buildMiddleware();
    const world = await backlogWorld(links);
    const middleware = await startMiddleware({ env: world.environment });
    try {
      await world.settled(middleware.url);
      print(`${links} links in line; memory ${peakMemoryMb(middleware.pid)} MB at the most`);
      return await measure(world, middleware, print);
    } finally {
      await middleware.stop();
      await world.close();
    }
  },
};

async function measure(
  world: BacklogWorld,
  { url, pid }: { readonly url: string; readonly pid: number },
  print: (line: string) => void,
): Promise<Measurement> {
  await world.setDelays(callMs, recordMs);
  const requests = countRequests(world.salesforceUrl);
  try {
    await world.readEvents();
    await world.takeDown();
    const sending = Date.now();
    const { sent, refused } = await sendWebhooks(world, url, links * editsPerLink);
    const seconds = (Date.now() - sending) / 1_000;
    print(
      `${sent} webhooks taken in ${seconds.toFixed(0)} s, ${(sent / seconds).toFixed(0)} a second, ${refused} asked to come again later`,
    );
    // Also when all has been sent: enough half minutes to count in.
    const downAt = await world.isDown(url);
    const outageMs = Math.max(Date.now(), downAt + 3 * probeEveryMs) - downAt;
    await waitUntil({
      wanted: "the outage to last",
      read: () => Promise.resolve(Date.now() - downAt),
      holds: (passedMs) => passedMs >= outageMs,
      deadlineMs: outageMs + 60_000,
    });
    const probes = requests.since(downAt);
    const maxProbes = Math.ceil(outageMs / probeEveryMs) + 1 + maxEarlyProbes;
    print(`${probes} requests in ${(outageMs / 1_000).toFixed(0)} s of being down`);

    const before = await world.writeCalls();
    await world.bringBack();
    const backAt = Date.now();
    const firstCallAt = await world.isUp(url);
    const drainedAt = await world.allArrived(editsPerLink);
    const writes = (await world.writeCalls()) - before;
    const waited = (firstCallAt - backAt) / 1_000;
    const drain = (drainedAt - firstCallAt) / 1_000;
    print(
      `${waited.toFixed(1)} s until the next try, then ${drain.toFixed(1)} s until all was there`,
    );
    print(`${writes} write calls`);
    await world.settled(url);
    const shown = (Date.now() - firstCallAt) / 1_000;
    print(`${shown.toFixed(1)} s until each Event in Circa showed its state again`);
    const memoryMb = peakMemoryMb(pid);
    print(`memory ${memoryMb} MB at the most`);
    expectAtMost("write calls", writes, maxWrites);
    expectAtMost("requests to a system that is down", probes, maxProbes);
    expectAtMost("seconds from the first answer", drain, maxSeconds);
    expectAtMost("MB of memory", memoryMb, maxMemoryMb);
    return {
      unit: "links a second brought in line after the outage",
      perSecond: links / drain,
      goalPerSecond: links / maxSeconds,
    };
  } finally {
    requests.stop();
  }
}

function expectAtMost(what: string, is: number, most: number): void {
  if (is > most) throw new Error(`${what}: ${is.toFixed(0)}, promised are at most ${most}`);
}
