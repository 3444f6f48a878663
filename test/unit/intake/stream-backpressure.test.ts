/** Events that come faster than they can be kept. */
import { eventually, eventuallyHolds } from "../../support/eventually.ts";
import { aSignal, campaignOf } from "../../support/scripted-sessions.ts";
import { superviseStream, type SupervisedStream } from "../../support/supervised-stream.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";
import type { Database } from "../../../middleware/store/database/database.ts";

let it: SupervisedStream;
let database: Database;

afterEach(async () => {
  await it.close();
  await database.close();
});

/** A store whose transactions wait until they are let through, one by one. */
function slowStore(fast: Database) {
  const waiting: (() => void)[] = [];
  let fails: Error | null = null;
  let open = false;
  const store: Database = {
    ...fast,
    async write(work) {
      if (!open) await new Promise<void>((resolve) => waiting.push(resolve));
      if (fails !== null) throw fails;
      return fast.write(work);
    },
  };
  return {
    store,
    get waiting() {
      return waiting.length;
    },
    letOne: () => waiting.shift()?.(),
    letAll() {
      open = true;
      waiting.splice(0).forEach((pass) => pass());
    },
    close: () => (open = false),
    fail(error: Error | null) {
      fails = error;
    },
  };
}

async function subscribed(sizes: { fullSize: number; overfullSize: number }) {
  database = await openTemporaryDatabase();
  const slow = slowStore(database);
  slow.letAll();
  it = await superviseStream({ database: slow.store, ...sizes });
  it.stream.start();
  const session = await it.sessions.session(1);
  session.subscribe();
  session.deliver(aSignal(1));
  await eventuallyHolds("the event is kept", async () => expect(await it.checkpoint()).toBe("1"));
  slow.close();
  return { session, slow };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("past the high-water mark the session is closed, all that came is kept, and the next one goes on from there", async () => {
  const { session, slow } = await subscribed({ fullSize: 20, overfullSize: 50 });
  session.deliver(...range(2, 10_000).map((id) => aSignal(id)));
  expect(session.closed).toBe(true);
  expect(it.stream.status().queued).toBe(50);
  await eventually("it drains", () => it.stream.status().state === "draining");
  expect(it.sessions.opened).toHaveLength(1);
  slow.letAll();
  expect((await it.sessions.session(2)).replayFrom).toEqual({ after: "51" });
  expect(await it.signalled()).toEqual(range(1, 51).map(campaignOf));
});

test("thousands of replayed events through a slow store: none is lost, none waits beyond the mark", async () => {
  const last = 3_000;
  const { session, slow } = await subscribed({ fullSize: 100, overfullSize: 200 });
  let most = 0;
  slow.letAll();
  session.end("lost");
  for (let number = 2; (await it.checkpoint()) !== String(last); number += 1) {
    await it.clock.advance(30_000);
    const next = await it.sessions.session(number);
    const { replayFrom } = next;
    if (typeof replayFrom === "string") throw new Error("it does not resume");
    next.subscribe();
    next.deliver(...range(Number(replayFrom.after) + 1, last).map((id) => aSignal(id)));
    most = Math.max(most, it.stream.status().queued);
    await eventually("what came is kept", () => it.stream.status().queued === 0);
  }
  expect(most).toBe(200);
  expect(await it.signalled()).toEqual(range(1, last).map(campaignOf));
});

test("no more is asked for while the queue is full, and the session lives on", async () => {
  const { session, slow } = await subscribed({ fullSize: 20, overfullSize: 500 });
  session.deliver(...range(2, 100).map((id) => aSignal(id)));
  let capacity = false;
  const asked = session.request.awaitCapacity(25_000).then(() => (capacity = true));
  await it.clock.advance(20_000);
  expect(capacity).toBe(false);
  slow.letAll();
  await asked;
  expect(it.stream.status().queued).toBeLessThan(20);
  expect(session.closed).toBe(false);
});

test("a server that would lose patience is left, and found again where we were", async () => {
  const { session, slow } = await subscribed({ fullSize: 20, overfullSize: 500 });
  session.deliver(...range(2, 100).map((id) => aSignal(id)));
  const asked = session.request.awaitCapacity(25_000);
  await it.clock.advance(25_000);
  await asked;
  expect(session.closed).toBe(true);
  expect(it.stream.status().state).toBe("draining");
  slow.letAll();
  expect((await it.sessions.session(2)).replayFrom).toEqual({ after: "100" });
});

test("what the store refuses comes again, with all that was behind it", async () => {
  const { session, slow } = await subscribed({ fullSize: 400, overfullSize: 500 });
  session.deliver(...range(2, 250).map((id) => aSignal(id)));
  await eventually("the first batch is under way", () => slow.waiting === 1);
  slow.letOne();
  await eventually("the second batch is under way", () => slow.waiting === 1);
  slow.fail(new Error("disk full"));
  slow.letAll();
  await eventually("it pauses", () => it.stream.status().state === "waiting");
  expect(it.stream.status()).toMatchObject({ lastEnd: "disk full", queued: 0 });
  expect(it.stream.status().attention).toMatch(/database/);
  slow.fail(null);
  await it.clock.advance(60_000);
  expect((await it.sessions.session(2)).replayFrom).toEqual({ after: "101" });
});
