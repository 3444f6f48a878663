import { reachedAfter, startOf } from "../../../middleware/intake/sweep-reached.ts";

const minute = 60_000;
const newest = { newestMs: 100 * minute, lastId: "701B" };
const pass = (startedAt: number, seen: Partial<typeof newest> = {}) => ({
  startedAt,
  ...newest,
  ...seen,
});

test("the first pass reads all; the next one the last five minutes again", () => {
  expect(startOf(null)).toEqual({ modifiedAt: 0, id: null });
  const reached = reachedAfter(null, pass(101 * minute));
  expect(startOf(reached)).toEqual({ modifiedAt: 95 * minute, id: null });
});

test("only a pass long enough after the newest change settles it", () => {
  const first = reachedAfter(null, pass(101 * minute));
  expect(reachedAfter(first, pass(110 * minute)).settled).toBe(false);
  const later = reachedAfter(first, pass(116 * minute));
  expect(startOf(later)).toEqual({ modifiedAt: 100 * minute, id: "701B" });
});

test("a pass that saw nothing keeps what is settled; a newer change unsettles it", () => {
  const first = reachedAfter(null, pass(101 * minute));
  const settled = reachedAfter(first, pass(120 * minute));
  const idle = reachedAfter(settled, pass(180 * minute, { newestMs: 0, lastId: "" }));
  expect(idle).toEqual(settled);
  const moved = reachedAfter(idle, pass(240 * minute, { newestMs: 239 * minute }));
  expect(moved).toMatchObject({ newestMs: 239 * minute, settled: false });
  const sameSecond = reachedAfter(settled, pass(240 * minute, { lastId: "701C" }));
  expect(sameSecond).toMatchObject({ lastId: "701C", settled: false });
});
