/** When the queue is read again, and how its times change when the clock goes back. */
import { sql } from "kysely";
import { waitsForNone, type ClaimOptions } from "./claims.ts";
import type { Database } from "../store/database/database.ts";
import { storeTime } from "../store/database/engine.ts";
import { tenantOf } from "../store/database/tenant.ts";

export interface NextDue {
  /**
   * How long until the next row can be claimed; null when none can: until a free one is due, or
   * until the time of a claim is up, should its owner have died.
   */
  readonly inMs: number | null;
  /** Now by the clock that the queue's times follow. */
  readonly storeTime: number;
}

/** Of what `claim` would take with the same options; what this process has at work doesn't count. */
export async function nextDue(
  { query }: Database,
  { kind, nowMs, atWork = [], away = [] }: Omit<ClaimOptions, "limit" | "termMs">,
): Promise<NextDue> {
  const rows = query
    .selectFrom("due_links")
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", kind)
    .where(waitsForNone(away))
    .limit(1);
  const free = rows.where("claimed_until", "is", null).select("due_at").orderBy("due_at");
  const claimed = rows
    .where("claimed_by", "is not", null)
    .where((eb) => (atWork.length === 0 ? eb.lit(true) : eb("claimed_by", "not in", atWork)))
    .select("claimed_until")
    .orderBy("claimed_until");
  const next = await query
    .selectNoFrom([storeTime(query, nowMs).as("now"), free.as("free"), claimed.as("claimed")])
    .executeTakeFirstOrThrow();
  // A claim is over once its time has passed, not when it is reached.
  const until = [next.free, next.claimed === null ? null : next.claimed + 1];
  const times = until.filter((time) => time !== null);
  const inMs = times.length === 0 ? null : Math.max(0, Math.min(...times) - next.now);
  return { inMs, storeTime: next.now };
}

/**
 * After the clock has gone back: what was to wait waits as long as it was to, from now on, and no
 * claim lasts longer than a claim does.
 */
export async function rebaseAfterClockJump(
  { query }: Database,
  { nowMs, termMs }: Pick<ClaimOptions, "nowMs" | "termMs">,
): Promise<void> {
  const now = storeTime(query, nowMs);
  await query
    .updateTable("due_links")
    .set({ due_at: sql<number>`${now} + due_at - scheduled_at`, scheduled_at: now })
    .where("tenant", "=", tenantOf(query))
    .where("scheduled_at", ">", now)
    .execute();
  await query
    .updateTable("due_links")
    .set({ claimed_until: sql<number>`${now} + ${termMs}` })
    .where("tenant", "=", tenantOf(query))
    .where("claimed_until", ">", sql<number>`${now} + ${termMs}`)
    .execute();
}
