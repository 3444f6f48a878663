/** How long a stored Event may be used without asking Circa. */
import type { Clock } from "../../runtime/clock.ts";

/** A webhook that is later than this is an exception that the sweep counts. */
const freshForMs = 60_000;

export interface Freshness {
  /** @param receivedAt when the state came or was asked for, in milliseconds since the epoch */
  readonly isFresh: (receivedAt: number) => boolean;
}

/**
 * What was received before this process started counts as old: a store may be a restored one, and
 * no node listened in between.
 * @param mayMiss webhooks are known to be lost, or none are sent
 */
export function createFreshness(clock: Pick<Clock, "now">, mayMiss: () => boolean): Freshness {
  const startedAt = clock.now();
  return {
    isFresh: (receivedAt) =>
      receivedAt >= startedAt && Math.abs(clock.now() - receivedAt) <= freshForMs && !mayMiss(),
  };
}
