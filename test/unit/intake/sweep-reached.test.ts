import { systemClock } from "../../../middleware/runtime/clock.ts";
import { NewestSeen, startOf, type Reached } from "../../../middleware/intake/sweep/reached.ts";

const minute = 60_000;
const newest = { newestMs: 100 * minute, lastId: "701B" };
const nothing = { newestMs: 0, lastId: "" };

/** A process whose passes take no time; `elapsedMs` is set by each pass, `now` by nobody. */
function process() {
  let elapsedMs = 0;
  const seen = new NewestSeen({ ...systemClock, now: () => NaN, elapsedMs: () => elapsedMs });
  return {
    pass(before: Reached | null, beganMs: number, saw = newest, fromTheStart = true) {
      elapsedMs = beganMs;
      const pass = { ...saw, beganMs: fromTheStart ? beganMs : null };
      return seen.reachedAfter("sweep_salesforce", before, pass);
    },
  };
}

test("the first pass reads all; the next one the last five minutes again", () => {
  expect(startOf(null)).toEqual({ modifiedAt: 0, id: null });
  const reached = process().pass(null, 0);
  expect(startOf(reached)).toEqual({ modifiedAt: 95 * minute, id: null });
});

test("only a pass long enough after the newest change was seen settles it", () => {
  const sweep = process();
  const first = sweep.pass(null, minute);
  expect(sweep.pass(first, 15 * minute).settled).toBe(false);
  const later = sweep.pass(first, 16 * minute);
  expect(startOf(later)).toEqual({ modifiedAt: 100 * minute, id: "701B" });
});

test("a pass that saw nothing keeps what is settled; a newer change unsettles it", () => {
  const sweep = process();
  const first = sweep.pass(null, minute);
  const settled = sweep.pass(first, 20 * minute);
  const idle = sweep.pass(settled, 80 * minute, nothing);
  expect(idle).toEqual(settled);
  const moved = sweep.pass(idle, 140 * minute, { ...newest, newestMs: 139 * minute });
  expect(moved).toMatchObject({ newestMs: 139 * minute, settled: false });
  const sameSecond = process().pass(settled, 140 * minute, { ...newest, lastId: "701C" });
  expect(sameSecond).toMatchObject({ lastId: "701C", settled: false });
});

test("a process that has just started waits by itself, and keeps what was settled before", () => {
  const first = process().pass(null, 0);
  const restarted = process();
  const again = restarted.pass(first, 60 * minute);
  expect(again.settled).toBe(false);
  expect(restarted.pass(again, 75 * minute).settled).toBe(true);
  const settled = { ...first, settled: true };
  expect(process().pass(settled, 0, nothing)).toEqual(settled);
});

test("a pass that goes on in the middle settles nothing: what it had read is older", () => {
  const sweep = process();
  const first = sweep.pass(null, 0);
  expect(sweep.pass(first, 60 * minute, newest, false).settled).toBe(false);
  expect(sweep.pass(first, 60 * minute).settled).toBe(true);
});
