/**
 * Who works on which due link. A row is claimed by one worker for a limited time and leaves the
 * queue only without a later notification (`completion.ts`); a dead worker's rows are free once
 * its time is up.
 */
import { sql, type ExpressionBuilder, type Kysely } from "kysely";
import type { SystemName } from "../runtime/errors.ts";
import type { Cause, DueLink, Subject } from "./due-links.ts";
import type { Database } from "../store/database/database.ts";
import {
  lockAll,
  lockAndChange,
  lockFree,
  lockOrder,
  storeTime,
} from "../store/database/engine.ts";
import type { Tables } from "../store/database/tables.ts";
import { tenantOf } from "../store/database/tenant.ts";

export interface ClaimOptions {
  /** Only links of this kind: a batch has one. */
  readonly kind: string;
  readonly limit: number;
  readonly nowMs: number;
  /** How long the claim lasts unless renewed. */
  readonly termMs: number;
  /** Owners of this process that are at work: theirs stays theirs, wherever the clock jumps. */
  readonly atWork?: readonly string[];
  /** What waits for these is left alone. */
  readonly away?: readonly SystemName[];
}

/**
 * Takes up to `limit` due rows of one kind for `owner`; rows of a dead owner are taken over when
 * their time is up.
 */
export function claim(
  database: Database,
  owner: string,
  { kind, limit, nowMs, termMs, atWork = [], away = [] }: ClaimOptions,
): Promise<DueLink[]> {
  const isFree = (eb: ExpressionBuilder<Tables, "due_links">) => {
    const timeIsUp = eb("claimed_until", "<", storeTime(database.query, nowMs));
    return eb.or([
      eb("claimed_until", "is", null),
      atWork.length === 0 ? timeIsUp : eb.and([timeIsUp, eb("claimed_by", "not in", atWork)]),
    ]);
  };
  const take = async (query: Kysely<Tables>): Promise<DueLink[]> => {
    const now = storeTime(query, nowMs);
    const free = query
      .selectFrom("due_links")
      .select(["subject", "signalled_at", "cause", "attempts"])
      .where("tenant", "=", tenantOf(query))
      .where("kind", "=", kind)
      .where("due_at", "<=", now)
      .where(waitsForNone(away))
      .where(isFree)
      .orderBy("due_at")
      .limit(limit);
    const rows = await lockFree(database, free).execute();
    if (rows.length === 0) return [];
    const subjects = rows.map((row) => row.subject);
    const claimed = await query
      .updateTable("due_links")
      .set({
        claimed_by: owner,
        claimed_until: sql<number>`${now} + ${termMs}`,
        signalled_at: null,
      })
      .where("tenant", "=", tenantOf(query))
      .where("subject", "in", subjects)
      // No other worker has taken them since.
      .where(isFree)
      .returning(["subject", "generation"])
      .execute();
    const generations = new Map(claimed.map((row) => [row.subject, row.generation]));
    return rows.flatMap((row): DueLink[] => {
      const generation = generations.get(row.subject);
      if (generation === undefined) return [];
      return [
        {
          subject: row.subject as Subject,
          generation,
          signalledAt: row.signalled_at ?? nowMs,
          cause: row.cause as Cause,
          attempts: row.attempts,
        },
      ];
    });
  };
  return lockAndChange(database, take);
}

/** Rows that wait for none of these. */
export const waitsForNone =
  (away: readonly SystemName[]) => (eb: ExpressionBuilder<Tables, "due_links">) =>
    away.length === 0
      ? eb.lit(true)
      : eb.or([eb("blocked_by", "is", null), eb("blocked_by", "not in", away)]);

/** Keeps a claim alive during long calls. */
export async function renew(
  database: Database,
  owner: string,
  { nowMs, termMs }: Pick<ClaimOptions, "nowMs" | "termMs">,
): Promise<void> {
  await lockAndChange(database, async (query) => {
    if (database.engine === "postgres") await lockHeld(database, query, owner);
    await query
      .updateTable("due_links")
      .set({ claimed_until: sql<number>`${storeTime(query, nowMs)} + ${termMs}` })
      .where("tenant", "=", tenantOf(query))
      .where("claimed_by", "=", owner)
      .execute();
  });
}

/** Those that `owner` still has, as it looks now: nothing is locked. */
export async function heldNow(
  query: Kysely<Tables>,
  owner: string,
  subjects: readonly Subject[],
): Promise<Set<Subject>> {
  const rows = await query
    .selectFrom("due_links")
    .select("subject")
    .where("tenant", "=", tenantOf(query))
    .where("claimed_by", "=", owner)
    .where("subject", "in", subjects)
    .execute();
  return new Set(rows.map((row) => row.subject as Subject));
}

/**
 * Locks what `owner` still holds until the transaction ends; in one order, as all do, so
 * that no two wait for each other.
 * @param subjects only these; null: all
 * @returns the rows' generations by subject
 */
export async function lockHeld(
  database: Pick<Database, "engine">,
  trx: Kysely<Tables>,
  owner: string,
  subjects: readonly Subject[] | null = null,
): Promise<Map<Subject, number>> {
  const all = trx
    .selectFrom("due_links")
    .select(["subject", "generation"])
    .where("tenant", "=", tenantOf(trx))
    .where("claimed_by", "=", owner)
    .orderBy(lockOrder(database.engine, "subject"));
  const chosen = subjects === null ? all : all.where("subject", "in", subjects);
  const held = await lockAll(database, chosen).execute();
  return new Map(held.map((row) => [row.subject as Subject, row.generation]));
}

/** Releases the claims of these owners: due at once, with the time of its notification. */
export async function releaseClaims(
  database: Database,
  claims: ReadonlyMap<string, readonly DueLink[]>,
): Promise<void> {
  for (const [owner, links] of claims) {
    const signalledAt = Math.min(...links.map((link) => link.signalledAt));
    await database.write(async (trx) => {
      await lockHeld(database, trx, owner);
      await trx
        .updateTable("due_links")
        .set({
          claimed_by: null,
          claimed_until: null,
          signalled_at: sql<number>`coalesce(signalled_at, ${signalledAt})`,
        })
        .where("tenant", "=", tenantOf(trx))
        .where("claimed_by", "=", owner)
        .execute();
    });
  }
}
