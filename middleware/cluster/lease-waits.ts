/** Waiting for a lease that somebody else has. */
import type { Clock } from "../runtime/clock.ts";
import type { WakeUps } from "./wake-ups.ts";

/** How often a lease that is not free is looked at again when nobody says that it has become free. */
const retryAfterMs = 1_000;

/** @returns waits until a lease may have become free, or it is time to look again, or `stopping` is aborted */
export function createLeaseWaits(
  clock: Clock,
  wakeUps: WakeUps,
): (stopping: AbortSignal) => Promise<void> {
  const waits = new Set<() => void>();
  wakeUps.listen("lease", () => {
    for (const endWait of waits) endWait();
  });
  return async (stopping) => {
    const ended = new AbortController();
    const endWait = () => {
      ended.abort();
    };
    waits.add(endWait);
    stopping.addEventListener("abort", endWait);
    if (stopping.aborted) endWait();
    await clock.sleep(retryAfterMs, ended.signal);
    stopping.removeEventListener("abort", endWait);
    waits.delete(endWait);
  };
}
