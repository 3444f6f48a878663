/** Waits for a condition instead of for a time. */
import { setTimeout as wait } from "node:timers/promises";

const pollMs = 20;

/**
 * Runs `look` until it neither throws nor gives undefined or false, and returns what it gave.
 * @throws its last error, or one that says `what` never came true, after `deadlineMs`
 */
export async function eventually<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  deadlineMs = 10_000,
): Promise<Exclude<Value, undefined | false>> {
  const endMs = Date.now() + deadlineMs;
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
    if (Date.now() > endMs) throw lastError;
    await wait(pollMs);
  }
}

/** Waits until `assertion` no longer throws; its last error is thrown after `deadlineMs`. */
export async function eventuallyHolds(
  what: string,
  assertion: () => void | Promise<void>,
  deadlineMs = 10_000,
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
