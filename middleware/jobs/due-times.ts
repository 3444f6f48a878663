/** When the queue has to be looked at again, and what becomes of its times when the clock goes back. */
import { sql } from "kysely";
import type { SystemName } from "../errors.ts";
import { waitsForNone, type ClaimOptions } from "./claims.ts";
import type { Database } from "./storage/database.ts";
import { storeTime } from "./storage/engine.ts";

/**
 * How long until the next free row is due; null when none is. Rows that somebody has claimed
 * don't count.
 * @param away what waits for these doesn't count either
 */
export async function nextDueInMs(
  { query }: Database,
  connection: string,
  nowMs: number,
  away: readonly SystemName[],
): Promise<number | null> {
  const row = await query
    .selectFrom("due_links")
    .select((eb) => sql<number>`${eb.ref("due_at")} - ${storeTime(query, nowMs)}`.as("in_ms"))
    .where("connection", "=", connection)
    .where("claimed_until", "is", null)
    .where(waitsForNone(away))
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : Math.max(0, row.in_ms);
}

/**
 * After the clock has gone back: what was to wait waits as long as it was to, from now on, and no
 * claim lasts longer than a claim does.
 */
export async function mendTimes(
  { query }: Database,
  connection: string,
  { nowMs, termMs }: Pick<ClaimOptions, "nowMs" | "termMs">,
): Promise<void> {
  const now = storeTime(query, nowMs);
  await query
    .updateTable("due_links")
    .set({ due_at: sql<number>`${now} + due_at - scheduled_at`, scheduled_at: now })
    .where("connection", "=", connection)
    .where("scheduled_at", ">", now)
    .execute();
  await query
    .updateTable("due_links")
    .set({ claimed_until: sql<number>`${now} + ${termMs}` })
    .where("connection", "=", connection)
    .where("claimed_until", ">", sql<number>`${now} + ${termMs}`)
    .execute();
}

/** Now by the clock that the queue's times follow. */
export async function readStoreTime({ engine, query }: Database, nowMs: number): Promise<number> {
  if (engine === "sqlite") return nowMs;
  const now = storeTime(query, nowMs);
  const { rows } = await sql<{ now: number }>`select ${now} as now`.execute(query);
  return rows[0]?.now ?? nowMs;
}
