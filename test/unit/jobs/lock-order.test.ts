/** Transactions that change the same rows in every process lock them in one order, in any language. */
import { claim, lockHeld, renew } from "../../../middleware/queue/claims.ts";
import { complete } from "../../../middleware/queue/completion.ts";
import {
  eventIdOf,
  eventSubject,
  markDue,
  type Completion,
} from "../../../middleware/queue/due-links.ts";
import { takeDeliveries } from "../../../middleware/store/intake/deliveries.ts";
import { inLockOrder } from "../../../middleware/store/database/engine.ts";
import { markLinked } from "../../../middleware/store/links/event-link-history.ts";
import { saveEvents, saveShown } from "../../../middleware/store/intake/event-snapshots.ts";
import {
  dueScreenRows,
  markScreenRows,
  settleScreenRows,
} from "../../../middleware/store/ui/ui-projection.ts";
import type { CircaEvent } from "../../../middleware/model/records.ts";
import { storeForEachTest, stores } from "../../support/each-engine.ts";

/** Each language has its own idea of the order of these; Campaign Ids differ in case as well. */
const ids = [
  "a",
  "B",
  "b",
  "A",
  "_",
  "-",
  "ä",
  "Z",
  "z",
  "1",
  "é",
  "É",
  "\u{1F600}",
  "\uFF21",
].flatMap((start) => [`${start}x`, `${start}X`, `x${start}`]);
const done: Completion = { kind: "done" };
const runMs = 2_000;

/** The same ids in another order each time, in the same orders at each run. */
function* shuffles(seed: number): Generator<string[]> {
  for (let state = seed; ; ) {
    const keyed = ids.map((id): [number, string] => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return [state, id];
    });
    yield keyed.sort(([one], [other]) => one - other).map(([, id]) => id);
  }
}

test("the order is that of code points, without doubles", () => {
  expect(inLockOrder(["b", "\u{1F600}", "\uFF21", "B", "b"])).toEqual([
    "B",
    "b",
    "\uFF21",
    "\u{1F600}",
  ]);
});

describe.each(stores)("on %s", (kind) => {
  const store = storeForEachTest(kind);

  test("a worker's links are locked in the order of their notifications", async () => {
    const database = store();
    const times = { nowMs: Date.now(), termMs: 60_000 };
    await database.write((trx) => markDue(trx, ids.map(eventSubject), "webhook", times.nowMs));
    await claim(database, "owner", { kind: "event", limit: 200, ...times });
    const held = await database.write((trx) => lockHeld(database, trx, "owner"));
    expect([...held.keys()]).toEqual(inLockOrder(ids.map(eventSubject)));
  });

  test("intake, workers, renewals and screens at once: none waits for another in vain", async () => {
    const database = store();
    const until = Date.now() + runMs;
    let tries = 0;
    let committed = 0;
    const write: typeof database.write = async (work) => {
      const result = await database.write((trx) => {
        tries += 1;
        return work(trx);
      });
      committed += 1;
      return result;
    };
    const stateOf = (id: string) => {
      const event = { id, version: Date.now(), updatedAt: Date.now() } as CircaEvent;
      return { answer: { event, body: { id } } };
    };
    const intake = async (seed: number) => {
      for (const all of shuffles(seed)) {
        if (Date.now() > until) return;
        const some = all.slice(0, 20);
        await write(async (trx) => {
          await takeDeliveries(trx, some, (id) => id, Date.now());
          await saveEvents(database, trx, some.map(stateOf));
          await markDue(trx, some.map(eventSubject), "webhook", Date.now());
        });
      }
    };
    const worker = async (seed: number) => {
      for (const order of shuffles(seed)) {
        if (Date.now() > until) return;
        const owner = `${seed}-${order.join("")}-${Date.now()}`;
        const times = { nowMs: Date.now(), termMs: 60_000 };
        const batch = await claim({ ...database, write }, owner, {
          kind: "event",
          limit: 15,
          ...times,
        });
        if (batch.length === 0) continue;
        await renew({ ...database, write }, owner, times);
        const own = batch.map((link) => eventIdOf(link.subject) ?? "");
        await write(async (trx) => {
          const answers = own.slice(0, 5).map(stateOf);
          await saveEvents(database, trx, answers, own);
          await saveShown(trx, new Map(own.map((id) => [id, owner])));
          await markLinked(trx, order.slice(0, 10), Date.now());
          await markScreenRows(trx, "event", order.slice(0, 10));
          const outcomes = new Map(batch.map((link) => [link, done]));
          await complete(database, trx, owner, outcomes, Date.now());
        });
      }
    };
    const screens = async () => {
      while (Date.now() < until) {
        const rows = await dueScreenRows(database.query, "event", 30);
        const settled = rows.map((row) => ({ row, written: "x" }));
        if (rows.length === 0) await new Promise((resolve) => setImmediate(resolve));
        else await write((trx) => settleScreenRows(database, trx, "event", settled));
      }
    };
    /** Signals only, as the stream's: they meet renewals at nothing but the queue. */
    const stream = async () => {
      while (Date.now() < until) {
        await write((trx) => markDue(trx, ids.map(eventSubject), "stream", Date.now()));
      }
    };
    const work = [intake(1), intake(2), worker(3), worker(4), worker(5)];
    await Promise.all([...work, stream(), stream(), screens()]);
    expect(committed).toBeGreaterThan(20);
    expect(tries - committed).toBe(0);
  });
});
