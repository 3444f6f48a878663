import { DemoError } from "../demo-error.ts";
import { waitUntil } from "../../../emulators/wait-until.ts";
import type { Stage } from "./stage.ts";

/** What a step saw, for the table. */
export interface StepOutcome {
  /** What was seen, in a few words with the values. */
  readonly seen: string;
  /** From the edit to its effect on the other side; null where nothing travels. */
  readonly tookMs: number | null;
}

export interface Step {
  /** What the person does and what follows, as one line. */
  readonly title: string;
  /** @throws Error saying what was expected and what was there instead */
  readonly play: (stage: Stage) => Promise<StepOutcome>;
}

/**
 * Acts, waits until `read` gives the `expected` values, and tells how long that took in all.
 * @throws WaitTimeoutError with the expected and the actual values
 */
export async function timeUntil(
  act: () => Promise<unknown>,
  expected: Readonly<Record<string, unknown>>,
  read: () => Promise<Readonly<Record<string, unknown>>>,
  deadlineMs = 15_000,
): Promise<number> {
  const startedAt = performance.now();
  await act();
  await waitUntil({
    wanted: JSON.stringify(expected),
    read,
    holds: (actual) => same(actual, expected),
    deadlineMs,
  });
  return performance.now() - startedAt;
}

/** @throws DemoError unless both say the same */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (!same(actual, expected)) {
    throw new DemoError(
      `${what}: expected ${JSON.stringify(expected)}, actual ${JSON.stringify(actual)}`,
    );
  }
}

function same(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return actual === expected;
  if (typeof actual !== "object" || actual === null) return false;
  return Object.entries(expected).every(([key, value]) =>
    same((actual as Record<string, unknown>)[key], value),
  );
}
