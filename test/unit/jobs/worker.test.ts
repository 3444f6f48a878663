import { systemClock, type Clock } from "../../../middleware/runtime/clock.ts";
import { eventSubject, markDue, type DueLink } from "../../../middleware/queue/due-links.ts";
import type { BatchResult } from "../../../middleware/queue/batch-result.ts";
import { Worker } from "../../../middleware/queue/worker.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { noFailpoint } from "../../../middleware/runtime/failpoints.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";
import { eventually } from "../../support/eventually.ts";

const one = eventSubject("RXZlbnQtMQ");
const two = eventSubject("RXZlbnQtMg");
const hourMs = 3_600_000;

const nothing: BatchResult["record"] = () => Promise.resolve();
const allDone = (batch: readonly DueLink[]): BatchResult => ({
  outcomes: new Map(batch.map((link) => [link, { kind: "done" }])),
  record: nothing,
});

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  const tell = (nowMs: number, ...subjects: (typeof one)[]) =>
    store().write((trx) => markDue(trx, subjects, "webhook", nowMs));
  const rows = () => store().query.selectFrom("due_links").selectAll().execute();

  /**
   * A worker whose batches end when the test says so.
   * @param record what its turns record
   */
  function startWorker(clock: Clock = systemClock, record = nothing, kind = "event") {
    const turns: { readonly subjects: string[]; end(): void }[] = [];
    const worker = new Worker({
      database: store(),
      clock,
      log: createLog("silent"),
      onFailpoint: noFailpoint,
      kind,
      work: (batch) =>
        new Promise((resolve) =>
          turns.push({
            subjects: batch.map((link) => link.subject),
            end: () => resolve({ ...allDone(batch), record }),
          }),
        ),
    });
    worker.start();
    return { worker, turns };
  }

  test("a call that hangs does not hold up the stop: its links are released, due at once", async () => {
    const { worker, turns } = startWorker();
    await tell(1_000, one);
    await eventually("the link is in work", () => turns.length === 1);
    await worker.stop(50);
    expect(await rows()).toEqual([
      expect.objectContaining({ subject: one, claimed_by: null, signalled_at: 1_000 }),
    ]);
    const heir = startWorker();
    await eventually("another has it", () => heir.turns.length === 1);
    heir.turns[0]!.end();
    await heir.worker.stop();
    expect(await rows()).toEqual([]);
    // The answer that comes after all is nobody's any more.
    await tell(2_000, one);
    turns[0]!.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await rows()).toHaveLength(1);
  });

  test("batches under way end before the stop does, and nothing new is taken up", async () => {
    const { worker, turns } = startWorker();
    await tell(Date.now(), one);
    await eventually("the link is in work", () => turns.length === 1);
    const stopped = worker.stop();
    await tell(Date.now(), two);
    worker.wake();
    turns[0]!.end();
    await stopped;
    expect((await rows()).map((row) => row.subject)).toEqual([two]);
  });

  test("each kind of link goes to its own work, also while all of another's calls hang", async () => {
    const events = startWorker();
    const people = startWorker(systemClock, nothing, "person");
    const ids = ["RXZlbnQtMQ", "RXZlbnQtMg", "RXZlbnQtMw", "RXZlbnQtNA", "RXZlbnQtNQ"];
    for (const [nth, id] of ids.slice(0, 4).entries()) {
      await tell(Date.now(), eventSubject(id));
      events.worker.wake();
      await eventually("its batch is under way", () => events.turns.length === nth + 1);
    }
    await tell(Date.now(), ...ids.map((id) => `person:${id}` as const));
    await eventually("the people are in work", () => people.turns.length === 1);
    people.turns[0]!.end();
    await people.worker.stop();
    const eventSubjects = ids.slice(0, 4).map(eventSubject);
    expect((await rows()).map(({ subject }) => subject).sort()).toEqual(eventSubjects);
    for (const turn of events.turns) turn.end();
    await events.worker.stop();
    expect(await rows()).toEqual([]);
    expect(events.turns.flatMap(({ subjects }) => subjects)).toEqual(eventSubjects);
    expect(people.turns.flatMap(({ subjects }) => subjects).sort()).toEqual(
      ids.map((id) => `person:${id}`),
    );
  });

  test("a pass that notifies its own link while it is recorded: the link has another pass", async () => {
    let times = 0;
    const { worker, turns } = startWorker(systemClock, async (trx) => {
      times += 1;
      if (times === 1) await markDue(trx, [one], "webhook", Date.now());
    });
    await tell(Date.now(), one);
    await eventually("the link is in work", () => turns.length === 1);
    turns[0]!.end();
    await eventually("it is in work again", () => turns.length === 2);
    turns[1]!.end();
    await worker.stop();
    expect(await rows()).toEqual([]);
  });

  test("the clock goes back an hour: what was signalled before is worked on", async () => {
    let offsetMs = hourMs;
    const clock = { ...systemClock, now: () => systemClock.now() + offsetMs };
    const first = startWorker(clock);
    await tell(clock.now(), one);
    await eventually("the first link is in work", () => first.turns.length === 1);
    await tell(clock.now() + 100, two);
    offsetMs = 0;
    await eventually("the second is in work", () => first.turns.length === 2);
    for (const turn of first.turns) turn.end();
    await first.worker.stop();
    expect(await rows()).toEqual([]);
  });

  test("the clock goes forward an hour: a link in work is not taken a second time", async () => {
    let offsetMs = 0;
    const clock = { ...systemClock, now: () => systemClock.now() + offsetMs };
    const { worker, turns } = startWorker(clock);
    await tell(clock.now(), one);
    await eventually("the first link is in work", () => turns.length === 1);
    offsetMs = hourMs;
    await tell(clock.now(), two);
    await eventually("the second is in work", () => turns.length === 2);
    expect(turns.map((turn) => turn.subjects)).toEqual([[one], [two]]);
    for (const turn of turns) turn.end();
    await worker.stop();
    expect(await rows()).toEqual([]);
  });
});
