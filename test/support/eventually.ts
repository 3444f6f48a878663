/** Waits for a condition instead of for a time. */
import { setTimeout as wait } from "node:timers/promises";

/** What takes long is asked for less often: on a busy machine the question itself costs time. */
const pollMs = (elapsedMs: number) => Math.min(200, 20 + elapsedMs / 20);
const defaultDeadlineMs = 30_000;

/**
 * Runs `look` until it neither throws nor gives undefined or false, and returns what it gave.
 * @throws its last error, or one that says `what` never came true, after `deadlineMs`
 */
export async function eventually<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  deadlineMs = defaultDeadlineMs,
): Promise<Exclude<Value, undefined | false>> {
  const startMs = Date.now();
  for (;;) {
    let lastError: unknown = new Error(`Never came true: ${what}`);
    try {
      const value = await look();
      if (value !== undefined && value !== false) {
        return value as Exclude<Value, undefined | false>;
      }
    } catch (error) {
      lastError = error;
    }
    const elapsedMs = Date.now() - startMs;
    if (elapsedMs > deadlineMs) throw lastError;
    await wait(pollMs(elapsedMs));
  }
}

/** Waits until `assertion` no longer throws; its last error is thrown after `deadlineMs`. */
export async function eventuallyHolds(
  what: string,
  assertion: () => void | Promise<void>,
  deadlineMs = defaultDeadlineMs,
): Promise<void> {
  await eventually(
    what,
    async () => {
      await assertion();
      return true;
    },
    deadlineMs,
  );
}
