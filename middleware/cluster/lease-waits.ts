/** Waiting for a lease that another node has. */
import type { Clock } from "../runtime/clock.ts";
import type { WakeUps } from "./wake-ups.ts";

/** How often a lease that is not free is checked again without a hint that it has become free. */
const retryAfterMs = 1_000;

/** @returns waits until a lease may be free, it is time to check, or `stopping` is aborted */
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
