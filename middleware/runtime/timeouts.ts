import type { Clock } from "./clock.ts";

/**
 * Waits for `work`, but not longer than `patienceMs`; longer work continues unattended.
 * @returns whether it has ended; rejects when it rejects in time
 */
export async function withTimeout(
  clock: Clock,
  work: Promise<unknown>,
  timeoutMs: number,
): Promise<boolean> {
  const patience = new AbortController();
  const tooLate = clock.sleep(timeoutMs, patience.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), tooLate]);
  } finally {
    patience.abort();
  }
}
