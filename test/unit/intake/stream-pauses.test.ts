import {
  attentionAfter,
  pauseCeilingMs,
  pauseMsAfter,
  streamPauses,
} from "../../../middleware/intake/stream/pauses.ts";
import { streamFailures } from "../../../middleware/model/answers/stream-failure.ts";

const second = 1_000;
const minute = 60 * second;

test.each([
  ["lost", 0, 250],
  ["unknown_client", 0, 0],
  ["token", 0, 0],
  ["replay_expired", 0, 0],
  ["busy", minute, 5 * minute],
  ["crowded", minute, 3 * minute],
  ["limit", 15 * minute, 60 * minute],
  ["configuration", 15 * second, 30 * second],
] as const)("the first pause after %s lies between %d and %d ms", (failure, minMs, maxMs) => {
  expect(pauseMsAfter(streamPauses[failure], 1, 0)).toBe(minMs);
  expect(pauseMsAfter(streamPauses[failure], 1, 1)).toBe(maxMs);
});

test.each([
  ["lost", 30 * second],
  ["unknown_client", 30 * second],
  ["token", minute],
  ["busy", 5 * minute],
  ["crowded", 15 * minute],
  ["limit", 60 * minute],
  ["configuration", 5 * minute],
] as const)("%s, over and over: pauses grow to %d ms and no further", (failure, maxMs) => {
  const ceilings = [1, 2, 3, 10, 50, 10_000].map((n) => pauseCeilingMs(streamPauses[failure], n));
  expect(ceilings).toEqual([...ceilings].sort((one, other) => one - other));
  expect(ceilings.at(-1)).toBe(maxMs);
});

test("the pause is drawn over the whole range, so that not all clients come back at once", () => {
  const draws = [0, 0.25, 0.5, 0.75].map((draw) => pauseMsAfter(streamPauses.lost, 6, draw));
  expect(draws).toEqual([0, 2_000, 4_000, 6_000]);
});

test("a person is told at once of what only a person can change, of the rest when it goes on", () => {
  const told = streamFailures.filter((it) => attentionAfter(streamPauses[it], 1, "why") !== null);
  expect(told).toEqual(["crowded", "limit", "configuration", "sign_in", "unheard", "not_kept"]);
  expect(attentionAfter(streamPauses.token, 4, "401::x")).toBeNull();
  expect(attentionAfter(streamPauses.token, 5, "401::x")).toMatch(/5 sessions in a row.*401::x/);
});
