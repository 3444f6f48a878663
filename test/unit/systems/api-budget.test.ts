import { systemClock } from "../../../middleware/runtime/clock.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import {
  createApiBudget,
  type ApiBudget,
} from "../../../middleware/systems/salesforce/connection/api-budget.ts";

let nowMs: number;
let held: { untilMs: number; reason: string }[];
let budget: ApiBudget;

beforeEach(() => {
  nowMs = Date.parse("2026-11-23T09:00:00Z");
  held = [];
  budget = createApiBudget({
    share: 0.8,
    clock: { ...systemClock, now: () => nowMs },
    log: createLog("silent"),
    onExhausted: (untilMs, reason) => held.push({ untilMs, reason }),
  });
});

test("before the first answer nothing is known, and nothing is held back", () => {
  expect(budget.state()).toBe("normal");
  expect(budget.usage()).toBeNull();
  expect(budget.allowSweep()).toBe(true);
});

test.each([
  [0, "normal", true],
  [59_999, "normal", true],
  [60_000, "slow", true],
  [79_999, "slow", true],
  [80_000, "stopped", false],
  [94_999, "stopped", false],
  [95_000, "exhausted", false],
  [120_000, "exhausted", false],
] as const)("%i of 100,000 requests used: %s, a sweep may run: %s", (used, state, sweeps) => {
  budget.note({ used, limit: 100_000 });
  expect(budget.state()).toBe(state);
  expect(budget.allowSweep()).toBe(sweeps);
  expect(held).toHaveLength(state === "exhausted" ? 1 : 0);
});

test("the slow sweep waits longer the nearer the share is, and takes every fourth slot", () => {
  const pauses = [50_000, 60_000, 70_000, 79_000].map((used) => {
    budget.note({ used, limit: 100_000 });
    return [budget.sweepPauseMs(), budget.sweepEvery()];
  });
  expect(pauses).toEqual([
    [0, 1],
    [1_000, 4],
    [5_000, 4],
    [9_500, 4],
  ]);
});

test("when all is used up, calls wait for a quarter of an hour", () => {
  budget.note({ used: 96_000, limit: 100_000 });
  expect(held).toEqual([
    {
      untilMs: nowMs + 900_000,
      reason: "96000 of the org's 100000 API requests of 24 hours are used",
    },
  ]);
});

test("an hour after the last answer a stopped sweep may look again", () => {
  budget.note({ used: 85_000, limit: 100_000 });
  nowMs += 3_599_999;
  expect(budget.allowSweep()).toBe(false);
  nowMs += 1;
  expect(budget.allowSweep()).toBe(true);
  budget.note({ used: 85_000, limit: 100_000 });
  expect(budget.allowSweep()).toBe(false);
});
