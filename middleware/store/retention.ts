/** Forgets what is old, so that the store does not grow for ever. */
import type { Clock } from "../runtime/clock.ts";
import { describeError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import type { Database } from "./database/database.ts";
import { purgeDeliveries } from "./intake/deliveries.ts";
import { purgeChanges } from "./history/history.ts";
import { purgeClosedProblems } from "./history/problems.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Not with all that a start has to do anyway. */
const firstAfterMs = 5 * minuteMs;
const everyMs = 6 * hourMs;
/** Between two lots of what is forgotten. */
const pauseMs = 50;
/** Longer than any sender retries: Circa gives up after about 31 hours. */
const keepDeliveriesMs = 3 * dayMs;

export interface RetentionParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How long written fields and closed problems are kept. */
  readonly historyDays: number;
}

/** Forgets now. Several processes may do so at once. */
export async function forgetOld(parts: RetentionParts): Promise<void> {
  const { database, clock, historyDays } = parts;
  const nowMs = clock.now();
  const beforeMs = nowMs - historyDays * dayMs;
  await purgeChanges(database.query, beforeMs);
  await purgeClosedProblems(database.query, beforeMs);
  const pause = () => clock.sleep(pauseMs);
  await purgeDeliveries(database.query, nowMs - keepDeliveriesMs, pause);
}

/** Forgets every few hours, until `stopping` is aborted. */
export async function runRetention(parts: RetentionParts, stopping: AbortSignal): Promise<void> {
  const { clock, log } = parts;
  await clock.sleep(firstAfterMs, stopping);
  while (!stopping.aborted) {
    await forgetOld(parts).catch((error: unknown) =>
      log.warn({ error: describeError(error) }, "old rows can't be deleted; trying again later"),
    );
    await clock.sleep(everyMs, stopping);
  }
}
