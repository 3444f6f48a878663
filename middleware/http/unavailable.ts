/** What an admin is answered when something that the request needs is away for now: 503. */
import type { Response } from "express";
import type { Clock } from "../runtime/clock.ts";
import { withTimeout } from "../runtime/timeouts.ts";
import { passingKinds, SystemError } from "../runtime/errors.ts";
import { SweepInterrupted } from "../intake/sweep/page-throttle.ts";
import { isFaultOfData, isStoreAway } from "../store/database/data-fault.ts";

export interface Unavailable {
  readonly error: string;
  readonly retryAfterSeconds: number;
}

const second = 1_000;
const storeAway: Unavailable = {
  error: "The database is away or too slow: nothing can be read from it now. Ask again.",
  retryAfterSeconds: 5,
};
const answersWithinMs = 5 * second;

class StoreAway extends Error {
  override readonly name = "StoreAway";
}

/** @returns null when it does not pass by itself */
export function unavailableOf(error: unknown): Unavailable | null {
  if (error instanceof StoreAway || isStoreAway(error)) return storeAway;
  if (error instanceof SweepInterrupted)
    return { error: `The sweep has to stop: ${error.message}.`, retryAfterSeconds: 60 };
  if (!(error instanceof SystemError) || !passingKinds.has(error.kind)) return null;
  const retryAfterSeconds = Math.max(1, Math.ceil((error.retryAfterMs ?? second) / second));
  return { error: `${error.message}.`, retryAfterSeconds };
}

/** @param then what happens without the admin's doing */
export function answerUnavailable(
  response: Response,
  { error, retryAfterSeconds }: Unavailable,
  then = "",
): void {
  response.set("retry-after", String(retryAfterSeconds));
  response.status(503).json({ error: `${error}${then}` });
}

/**
 * Bounds a read: a silent database keeps no client waiting.
 * @throws what says that the store is away, unless the statement itself is at fault
 */
export async function readFromStore<T>(clock: Clock, reading: Promise<T>): Promise<T> {
  const inTime = await withTimeout(clock, reading, answersWithinMs).catch((error: unknown) => {
    if (isFaultOfData(error)) throw error;
    return false;
  });
  if (!inTime) throw new StoreAway();
  return reading;
}
