/** The supervisor on the real transport and a real store that is slower than the stream. */
import { setTimeout as wait } from "node:timers/promises";
import {
  startSalesforceEmulator,
  type SalesforceEmulator,
} from "../../emulators/salesforce/index.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { emulatedSessions, publishSignals } from "../support/emulated-stream.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { campaignOf } from "../support/scripted-sessions.ts";
import { superviseStream, type SupervisedStream } from "../support/supervised-stream.ts";
import { openTemporaryDatabase } from "../support/temporary-database.ts";

let salesforce: SalesforceEmulator;
let fast: Database;
let it: SupervisedStream;

beforeEach(async () => {
  salesforce = await startSalesforceEmulator({
    streaming: { pollTimeoutMs: 2_000, dailyDeliveryLimit: 1_000_000 },
  });
  fast = await openTemporaryDatabase();
});
afterEach(async () => {
  await it.close();
  await fast.close();
  await salesforce.close();
});

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function supervise(sizes: { fullSize?: number; overfullSize?: number } = {}) {
  let most = 0;
  const database: Database = {
    ...fast,
    async write(work) {
      most = Math.max(most, it.stream.status().queued);
      await wait(10);
      return fast.write(work);
    },
  };
  it = await superviseStream({
    clock: { ...systemClock, advance: wait, nextAt: () => null },
    database,
    openSession: emulatedSessions(salesforce),
    ...sizes,
  });
  it.stream.start();
  await eventually("it is subscribed", () => it.stream.status().state === "subscribed");
  publishSignals(salesforce, [1]);
  await eventuallyHolds("there is a place to resume from", async () =>
    expect(await it.checkpoint()).not.toBeNull(),
  );
  return () => most;
}

async function expectAll(numbers: readonly number[]) {
  await eventuallyHolds(
    "all are kept",
    async () => expect(await it.signalled()).toEqual(numbers.map(campaignOf)),
    50_000,
  );
}

test("5,000 events that waited while nobody was subscribed come through; few wait here at a time", async () => {
  await supervise();
  await it.close();
  publishSignals(salesforce, range(2, 5_000));
  const most = await supervise({ fullSize: 200, overfullSize: 500 });
  publishSignals(salesforce, [5_001]);
  await expectAll(range(1, 5_001));
  expect(most()).toBeLessThanOrEqual(500);
});

test("9,000 in one answer come through in one session: none is delivered twice", async () => {
  await supervise();
  await it.close();
  publishSignals(salesforce, range(2, 9_000));
  await supervise();
  await expectAll(range(1, 9_000));
  expect(it.stream.status().sessions).toBe(1);
});

test("while the queue is full the next poll waits, and events wait at Salesforce", async () => {
  const most = await supervise({ fullSize: 50, overfullSize: 2_000 });
  for (let first = 2; first <= 2_000; first += 40) {
    publishSignals(salesforce, range(first, Math.min(first + 39, 2_000)));
    await wait(0);
  }
  await expectAll(range(1, 2_000));
  expect(most()).toBeLessThan(2_000);
  expect(it.stream.status()).toMatchObject({ sessions: 1, queued: 0 });
});

test("a session that we end is ended at Salesforce too, and counts no longer against its clients", async () => {
  await supervise();
  const sessions = async () => {
    const answer = await fetch(`${salesforce.url}/emulator/stats`);
    return ((await answer.json()) as { streamingSessions: number }).streamingSessions;
  };
  expect(await sessions()).toBe(1);
  await it.close();
  await eventuallyHolds("none is left", async () => expect(await sessions()).toBe(0));
});
