/**
 * The stream under faults: plain clients of jsforce and of faye beside our supervisor, on the same
 * emulated org at the same time, while events are published and everything ordinary goes wrong.
 */
import { setTimeout as wait } from "node:timers/promises";
import {
  startSalesforceEmulator,
  type SalesforceEmulator,
} from "../../emulators/salesforce/index.ts";
import type { Bench, Measurement } from "./bench.ts";
import { drawOrder, mishapsOfRuns, strikeInTurn, type Mishap } from "./stream-chaos.ts";
import { startFaye, startJsforce, startOurs, type BenchClient } from "./stream-clients.ts";

const chaosMs = 40_000;
const publishEveryMs = 8;
const seed = 22;
/** All clients get as long as ours needs, and at least this: faye's retry takes 5 s. */
const minTimeoutMs = 8_000;
const maxTimeoutMs = 30_000;

/** Salesforce's times, but for the poll: a hung one would not show within the run. */
const streaming = {
  pollTimeoutMs: 2_000,
  concurrentClientLimit: 1_000,
  dailyDeliveryLimit: Number.MAX_SAFE_INTEGER,
};

interface Outcome {
  readonly name: string;
  readonly received: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reconnects: number;
}

export const streamBench: Bench = {
  name: "stream",
  about: `hands on an event each ${publishEveryMs} ms for ${chaosMs / 1_000} s of faults, twice, beside plain clients`,
  async run(print): Promise<Measurement> {
    let published = 0;
    let received = 0;
    for (const mishaps of mishapsOfRuns.map((it) => drawOrder(it, seed))) {
      print(
        `${mishaps.length} faults (seed ${seed}): ${mishaps.map(({ what }) => what).join("; ")}`,
      );
      const run = await compareClients(mishaps);
      printTable(print, run);
      const ours = run.outcomes.find(({ name }) => name === "this product");
      if (ours?.lost !== 0) throw new Error(`this product lost ${ours?.lost ?? "all"} events`);
      published += run.published;
      received += ours.received;
    }
    const seconds = (2 * chaosMs) / 1_000;
    return {
      unit: "events a second kept, all faults included",
      perSecond: received / seconds,
      goalPerSecond: published / seconds,
    };
  },
};

async function compareClients(mishaps: readonly Mishap[]) {
  const salesforce = await startSalesforceEmulator({ streaming });
  const clients: BenchClient[] = [];
  try {
    for (const start of [startJsforce, startFaye, startOurs]) clients.push(await start(salesforce));
    const stopping = new AbortController();
    const publishing = publishUntil(salesforce, stopping.signal);
    await strikeInTurn(salesforce, mishaps, chaosMs);
    stopping.abort();
    const published = await publishing;
    await settle(clients, published);
    const outcomes = await Promise.all(clients.map((client) => judge(client, published)));
    return { published: published.length, outcomes };
  } finally {
    for (const client of clients) await Promise.race([client.stop(), wait(1_000)]);
    await salesforce.close();
  }
}

/** Changes one Campaign after the other and publishes what the trigger would. */
async function publishUntil(
  salesforce: SalesforceEmulator,
  stopping: AbortSignal,
): Promise<string[]> {
  const published: string[] = [];
  const startedAt = Date.now();
  while (!stopping.aborted) {
    const due = Math.floor((Date.now() - startedAt) / publishEveryMs);
    for (let count = published.length; count < due; count += 1) {
      const { campaigns } = salesforce.seed({ campaigns: [{ Name: `Campaign ${count}` }] });
      const { userId } = salesforce.person;
      salesforce.org.transact(userId, (transaction) =>
        transaction.publish("Circa_Sync_Signal__e", {
          Kind__c: "campaigns_changed",
          Campaign_Ids__c: JSON.stringify(campaigns),
        }),
      );
      published.push(...campaigns);
    }
    await wait(publishEveryMs);
  }
  return published;
}

/** Until ours has all, or for so long. */
async function settle(clients: readonly BenchClient[], published: readonly string[]) {
  const startedAt = Date.now();
  const ours = clients.find(({ name }) => name === "this product");
  for (;;) {
    const passedMs = Date.now() - startedAt;
    const received = await ours?.received();
    const complete = published.every((id) => received?.has(id) === true);
    if (passedMs > maxTimeoutMs || (complete && passedMs > minTimeoutMs)) return;
    await wait(200);
  }
}

async function judge(client: BenchClient, published: readonly string[]): Promise<Outcome> {
  const counts = await client.received();
  const received = published.filter((id) => counts.has(id)).length;
  return {
    name: client.name,
    received,
    lost: published.length - received,
    doubled: published.filter((id) => (counts.get(id) ?? 0) > 1).length,
    reconnects: client.reconnects(),
  };
}

function printTable(
  print: (line: string) => void,
  { published, outcomes }: { published: number; outcomes: readonly Outcome[] },
): void {
  const columns = ["published", "received", "lost", "doubled", "reconnects"] as const;
  print(["client".padEnd(14), ...columns.map((column) => column.padStart(11))].join(""));
  for (const outcome of outcomes) {
    const { name } = outcome;
    const cells = columns.map((column) => String({ ...outcome, published }[column]).padStart(11));
    const share = `${((100 * outcome.lost) / published).toFixed(1)} % lost`;
    print([name.padEnd(14), ...cells, `   ${share}`].join(""));
  }
}
