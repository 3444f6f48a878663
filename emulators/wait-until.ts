/** Waits for a condition instead of for a time. */
import { setTimeout as pause } from "node:timers/promises";

export interface Wait<T> {
  /** What is awaited, as it completes "Waited 10 s for …". */
  readonly wanted: string;
  readonly read: () => Promise<T>;
  readonly holds: (value: T) => boolean;
  /** @default 10000 */
  readonly deadlineMs?: number;
  /** Between two looks, by the milliseconds waited so far. @default 25 */
  readonly everyMs?: number | ((waitedMs: number) => number);
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
  const startMs = performance.now();
  for (;;) {
    const last = await read().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("value" in last && holds(last.value)) return last.value;
    const waitedMs = performance.now() - startMs;
    if (waitedMs >= deadlineMs) {
      const actual =
        "value" in last
          ? JSON.stringify(last.value)
          : last.error instanceof Error
            ? last.error.message
            : String(last.error);
      throw new WaitTimeoutError(
        `Waited ${deadlineMs / 1000} s for ${wanted}; last seen: ${actual}`,
        "error" in last ? { cause: last.error } : {},
      );
    }
    await pause(typeof everyMs === "number" ? everyMs : everyMs(waitedMs));
  }
}

/** What takes long is asked for less often: on a busy machine the question itself costs time. */
const lessAndLess = (waitedMs: number) => Math.min(200, 20 + waitedMs / 20);

/**
 * Runs `look` until it neither throws nor gives undefined or false, and returns what it gave.
 * @throws its last error, or one that says what `what` came to, after `deadlineMs`
 */
export async function eventually<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  deadlineMs = 30_000,
): Promise<Exclude<Value, undefined | false>> {
  const isThere = (value: Value) => value !== undefined && value !== false;
  try {
    const read = async () => look();
    const wait = { wanted: what, read, holds: isThere, deadlineMs, everyMs: lessAndLess };
    return (await waitUntil(wait)) as Exclude<Value, undefined | false>;
  } catch (error) {
    throw error instanceof WaitTimeoutError && error.cause !== undefined ? error.cause : error;
  }
}

/** Waits until `assertion` no longer throws; its last error is thrown after `deadlineMs`. */
export async function eventuallyHolds(
  what: string,
  assertion: () => void | Promise<void>,
  deadlineMs?: number,
): Promise<void> {
  const look = async () => {
    await assertion();
    return true;
  };
  await eventually(what, look, deadlineMs);
}
