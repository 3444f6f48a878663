import { systemClock } from "../../../middleware/runtime/clock.ts";
import { errorKinds, SystemError } from "../../../middleware/runtime/errors.ts";
import { delayAfterError, delayAfterProblem } from "../../../middleware/queue/retry.ts";

const hour = 3_600_000;
/** The longest delay that chance can give. */
const unlucky = { ...systemClock, random: () => 0.999999 };
const lucky = { ...systemClock, random: () => 0 };

test("a problem is tried again at growing intervals, from a minute to six hours", () => {
  const delays = Array.from({ length: 12 }, (_, attempts) => delayAfterProblem(attempts, unlucky));
  expect(delays[0]).toBe(60_000);
  for (const [index, delay] of delays.entries()) {
    expect(delay).toBeGreaterThanOrEqual(delays[index - 1] ?? 0);
  }
  expect(delays.at(-1)).toBeLessThanOrEqual(6 * hour);
  expect(delays.at(-1)).toBeGreaterThan(5.9 * hour);
  expect(delayAfterProblem(30, lucky)).toBe(30_000);
});

test.each(errorKinds)("what failed by %s is tried again, at the latest after six hours", (kind) => {
  const error = new SystemError("salesforce", kind, "failed");
  const delays = [0, 1, 5, 50].map((attempts) => delayAfterError(error, attempts, unlucky));
  expect(Math.min(...delays)).toBeGreaterThan(0);
  expect(Math.max(...delays)).toBeLessThanOrEqual(6 * hour);
});

test("a Retry-After is never undercut", () => {
  const error = new SystemError("circa", "limit", "HTTP 429", { retryAfterMs: 90_000 });
  expect(delayAfterError(error, 0, lucky)).toBe(90_000);
});

test("what the circuit paces is asked for again within a second, however long it has failed", () => {
  const down = new SystemError("circa", "retry", "HTTP 503", { systemWide: true });
  const held = new SystemError("circa", "held", "down", { systemWide: true, retryAfterMs: 30_000 });
  for (const error of [down, held]) {
    expect(delayAfterError(error, 100, unlucky)).toBeLessThanOrEqual(1_000);
  }
});
