/** An answer of Circa that is older than what is known of the Event: from a copy, or after a restore. */
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { LastUsed } from "../../../middleware/runtime/last-used.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import type { ReadTask } from "../../../middleware/sync/plan/link-task.ts";
import { readEventOf, type AnswersBehind } from "../../../middleware/sync/read/read-event.ts";
import type { CircaEvent } from "../../../middleware/model/records.ts";

const minuteMs = 60_000;
const eventAt = (version: number): CircaEvent => ({
  ...{ id: "E1", name: `at ${version}`, version, updatedAt: version * 1_000 },
  ...{ timeZone: "UTC", campaignId: null, values: { name: `at ${version}` } },
});

let elapsedMs: number;
let answersBehind: AnswersBehind;
beforeEach(() => {
  elapsedMs = 0;
  answersBehind = new LastUsed(10);
});

/** Reads the Event of which version 2 is known; `receivedAgoMs` by the clock of whoever took it. */
async function read(answered: CircaEvent, receivedAgoMs: number, deletionTold = false) {
  const newest = { mark: eventAt(2), event: deletionTold ? null : eventAt(2), doubted: false };
  const task = {
    ...{ eventId: "E1", event: newest.event, deletionTold, answers: [], lookAgainMs: null },
    newest: { ...newest, receivedAt: 100 * minuteMs - receivedAgoMs },
  } as unknown as ReadTask;
  const clock = { ...systemClock, now: () => 100 * minuteMs, elapsedMs: () => elapsedMs };
  const circa = { readEvent: () => Promise.resolve({ event: answered, body: {} }) };
  return readEventOf({ circa, clock, log: createLog("silent"), answersBehind }, task);
}

test("what came just now stays for as long as a copy may lag, and is gone by", async () => {
  const task = await read(eventAt(1), 0);
  expect(task).toMatchObject({ event: { version: 2 }, lookAgainMs: 15_000 });
  expect(task.error).toBeUndefined();
  elapsedMs = 14_999;
  expect((await read(eventAt(1), 14_999)).event?.version).toBe(2);
});

test.each([10 * minuteMs, -10 * minuteMs])(
  "what came %d ms ago, by whatever clock, stays as long, but nothing is written by it",
  async (receivedAgoMs) => {
    const doubt = { event: { version: 2 }, lookAgainMs: 15_000, error: { kind: "conflict" } };
    expect(await read(eventAt(1), receivedAgoMs)).toMatchObject(doubt);
    elapsedMs = 14_999;
    expect(await read(eventAt(1), receivedAgoMs)).toMatchObject({ event: { version: 2 } });
  },
);

test("answered so for longer than that, Circa was restored: it is taken as it is there", async () => {
  await read(eventAt(1), minuteMs);
  elapsedMs = 15_000;
  const task = await read(eventAt(1), minuteMs);
  expect(task).toMatchObject({ event: { version: 1 }, wasRead: true, lookAgainMs: null });
  expect(task.answers[0]?.stepsBackFrom).toMatchObject({ version: 2 });
});

test("another old answer in between begins the time anew", async () => {
  await read(eventAt(1), minuteMs);
  elapsedMs = 10_000;
  await read({ ...eventAt(1), values: { name: "another copy" } }, minuteMs);
  elapsedMs = 20_000;
  expect(await read(eventAt(1), minuteMs)).toMatchObject({ event: { version: 2 } });
});

test("told that it is deleted, which counts as no version: what a copy still shows is doubted", async () => {
  expect(await read(eventAt(2), minuteMs, true)).toMatchObject({
    event: null,
    error: { kind: "conflict" },
    answers: [],
  });
  elapsedMs = 15_000;
  expect(await read(eventAt(2), minuteMs, true)).toMatchObject({ event: { version: 2 } });
});

test("of the same version, each telling what the other left out: both count", async () => {
  const { campaignId: _left, ...part } = eventAt(2);
  const task = {
    ...{ eventId: "E1", event: null, deletionTold: false, answers: [] },
    newest: {
      ...{ mark: eventAt(2), doubted: false, receivedAt: 0 },
      event: { ...part, campaignId: undefined, values: { ...part.values, deleted: "x" } },
    },
  } as unknown as ReadTask;
  const answered = { ...eventAt(2), campaignId: "701000000000001AAA" };
  const circa = { readEvent: () => Promise.resolve({ event: answered, body: {} }) };
  const parts = { circa, clock: systemClock, log: createLog("silent"), answersBehind };
  expect((await readEventOf(parts, task)).event).toEqual({
    ...answered,
    values: { name: "at 2", deleted: "x" },
  });
});

test("a newer one is taken at once", async () => {
  expect(await read(eventAt(3), 0)).toMatchObject({ event: { version: 3 }, lookAgainMs: null });
});
