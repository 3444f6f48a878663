import { setTimeout as pause } from "node:timers/promises";

export interface Wait<T> {
  /** What is awaited, as it completes "Waited 10 s for …". */
  readonly wanted: string;
  readonly read: () => Promise<T>;
  readonly holds: (value: T) => boolean;
  /** @default 10000 */
  readonly deadlineMs?: number;
  /** @default 25 */
  readonly everyMs?: number;
}

/** What was awaited did not come about in time. */
export class WaitTimeoutError extends Error {
  override readonly name = "WaitTimeoutError";
}

/**
 * Reads again and again until the value is as wanted, and answers with it.
 * @throws WaitTimeoutError with the last value (or the last error of reading it)
 */
export async function waitUntil<T>(wait: Wait<T>): Promise<T> {
  const { wanted, read, holds, deadlineMs = 10_000, everyMs = 25 } = wait;
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const last = await read().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("value" in last && holds(last.value)) return last.value;
    if (performance.now() >= deadline) {
      const actual =
        "value" in last
          ? JSON.stringify(last.value)
          : last.error instanceof Error
            ? last.error.message
            : String(last.error);
      throw new WaitTimeoutError(
        `Waited ${deadlineMs / 1000} s for ${wanted}; last seen: ${actual}`,
      );
    }
    await pause(everyMs);
  }
}
