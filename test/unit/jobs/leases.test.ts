import { getEventListeners } from "node:events";
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { createLeases, type Leases } from "../../../middleware/cluster/leases.ts";
import type { Database } from "../../../middleware/store/database/database.ts";
import { noWakeUps } from "../../../middleware/cluster/wake-ups.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { eventually } from "../../support/eventually.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";

const tenant = "default";
const log = createLog("silent");
let database: Database;

beforeEach(async () => {
  database = await openTemporaryDatabase();
});
afterEach(() => database.close());

const node = (owner: string, clock = systemClock): Leases =>
  createLeases({ database, clock, log, owner });
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** Holds the lease in the background until `stop`. */
function holding(leases: Leases) {
  const stopping = new AbortController();
  const seen = { turns: 0, working: false };
  const ended = leases.hold(
    "stream",
    async (lost) => {
      seen.turns += 1;
      seen.working = true;
      await aborted(lost);
      seen.working = false;
    },
    stopping.signal,
  );
  return {
    seen,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

test("one of two has it; when it stops, the other takes over", async () => {
  const one = holding(node("one"));
  await eventually("one works", () => one.seen.working);
  const two = holding(node("two"));
  expect(await node("one").holder("stream")).toEqual({ owner: "one", isThis: true });
  expect(await node("two").tryHold("stream", () => Promise.resolve("worked"))).toBeNull();
  expect(two.seen.working).toBe(false);
  await one.stop();
  await eventually("two works", () => two.seen.working);
  expect(one.seen.working).toBe(false);
  await two.stop();
  expect(await node("one").holder("stream")).toBeNull();
});

test("a dead holder is replaced", async () => {
  await database.query
    .insertInto("leases")
    .values({ tenant, name: "stream", owner: "dead", until: Date.now() + 1_500 })
    .execute();
  const heir = holding(node("heir"));
  await eventually("the heir works", () => heir.seen.working);
  expect(await node("heir").holder("stream")).toEqual({ owner: "heir", isThis: true });
  await heir.stop();
});

test("a lease from a time that has not come yet is of a clock that went back: it is taken", async () => {
  await database.query
    .insertInto("leases")
    .values({ tenant, name: "stream", owner: "dead", until: Date.now() + 3_600_000 })
    .execute();
  expect(await node("heir").tryHold("stream", () => Promise.resolve("worked"))).toBe("worked");
});

test("the clock jumps an hour either way: the holder works on, and nobody else does", async () => {
  let offsetMs = 0;
  const jumpy = { ...systemClock, now: () => systemClock.now() + offsetMs };
  const one = holding(node("one", jumpy));
  await eventually("one works", () => one.seen.working);
  for (const jumpMs of [3_600_000, -3_600_000]) {
    offsetMs = jumpMs;
    const renewedUntilMs = () => systemClock.now() + jumpMs;
    await eventually("it is renewed", async () => {
      const row = await database.query.selectFrom("leases").select("until").executeTakeFirst();
      const aheadMs = (row?.until ?? 0) - renewedUntilMs();
      return aheadMs > 0 && aheadMs < 10_000;
    });
  }
  expect(one.seen).toEqual({ turns: 1, working: true });
  await one.stop();
});

test("another node has taken it: the work is ended", async () => {
  const one = holding(node("one"));
  await eventually("one works", () => one.seen.working);
  await database.query
    .updateTable("leases")
    .set({ owner: "two", until: Date.now() + 5_000 })
    .execute();
  await eventually("one no longer works", () => !one.seen.working);
  expect(one.seen.turns).toBe(1);
  await one.stop();
});

test("work that fails gives the lease back and says why", async () => {
  const leases = node("one");
  const fail = () => Promise.reject(new Error("no use"));
  await expect(leases.tryHold("sweep", fail)).rejects.toThrow("no use");
  await expect(leases.hold("sweep", fail, new AbortController().signal)).rejects.toThrow("no use");
  expect(await leases.holder("sweep")).toBeNull();
});

test("the same process does not do it twice at once either", async () => {
  const leases = node("one");
  const within = await leases.tryHold("sweep", () =>
    leases.tryHold("sweep", () => Promise.resolve("twice")),
  );
  expect(within).toBeNull();
});

test("a node that waits for a lease checks again at each hint, and leaves nothing behind", async () => {
  const one = holding(node("one"));
  await eventually("one works", () => one.seen.working);
  let hint: () => void = () => undefined;
  let looks = 0;
  const clock = { ...systemClock, now: () => ((looks += 1), systemClock.now()) };
  const wakeUps = {
    ...noWakeUps,
    listen: (_topic: string, listener: () => void) => (hint = listener),
  };
  const two = createLeases({ database, clock, log, owner: "two", wakeUps });
  const stopping = new AbortController();
  const ended = two.hold("stream", () => Promise.resolve(), stopping.signal);
  for (let hints = 0; hints < 20; hints += 1) {
    const before = looks;
    await eventually("two looks again", () => (hint(), looks > before));
  }
  const waits = getEventListeners(stopping.signal, "abort").length;
  stopping.abort();
  await ended;
  await one.stop();
  expect(waits).toBeLessThanOrEqual(1);
});
