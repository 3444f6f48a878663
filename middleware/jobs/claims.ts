/**
 * Who works on which due link. A row is claimed by one worker for a limited time and leaves the
 * queue only if no signal came in meanwhile; a dead worker's rows are free once its time is up.
 */
import { sql, type Transaction } from "kysely";
import type { Cause, Completion, DueLink, Subject } from "./due-links.ts";
import type { Database } from "./storage/database.ts";
import { lockAll, lockFree, storeTime } from "./storage/engine.ts";
import type { Tables } from "./storage/tables.ts";

export interface ClaimOptions {
  readonly limit: number;
  readonly nowMs: number;
  /** How long the claim lasts unless renewed. */
  readonly termMs: number;
  /** Owners of this process that are at work: theirs stays theirs, wherever the clock jumps. */
  readonly atWork?: readonly string[];
}

/**
 * Takes up to `limit` due rows for `owner`; rows of a dead owner are taken over when their time
 * is up.
 */
export function claim(
  database: Database,
  connection: string,
  owner: string,
  { limit, nowMs, termMs, atWork = [] }: ClaimOptions,
): Promise<DueLink[]> {
  return database.write(async (trx) => {
    const now = storeTime(trx, nowMs);
    const free = trx
      .selectFrom("due_links")
      .select(["subject", "generation", "signalled_at", "cause", "attempts"])
      .where("connection", "=", connection)
      .where("due_at", "<=", now)
      .where((eb) => {
        const timeIsUp = eb("claimed_until", "<", now);
        return eb.or([
          eb("claimed_until", "is", null),
          atWork.length === 0 ? timeIsUp : eb.and([timeIsUp, eb("claimed_by", "not in", atWork)]),
        ]);
      })
      .orderBy("due_at")
      .limit(limit);
    const rows = await lockFree(database, free).execute();
    if (rows.length === 0) return [];
    await trx
      .updateTable("due_links")
      .set({
        claimed_by: owner,
        claimed_until: sql<number>`${now} + ${termMs}`,
        signalled_at: null,
      })
      .where("connection", "=", connection)
      .where(
        "subject",
        "in",
        rows.map((row) => row.subject),
      )
      .execute();
    return rows.map((row) => ({
      subject: row.subject as Subject,
      generation: row.generation,
      signalledAt: row.signalled_at ?? nowMs,
      cause: row.cause as Cause,
      attempts: row.attempts,
    }));
  });
}

/** Keeps a claim alive during long calls. */
export async function renew(
  { query }: Database,
  connection: string,
  owner: string,
  { nowMs, termMs }: Pick<ClaimOptions, "nowMs" | "termMs">,
): Promise<void> {
  await query
    .updateTable("due_links")
    .set({ claimed_until: sql<number>`${storeTime(query, nowMs)} + ${termMs}` })
    .where("connection", "=", connection)
    .where("claimed_by", "=", owner)
    .execute();
}

/** Whether anything of what `owner` has claimed is still its own; until the transaction ends. */
export async function holdsClaim(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  owner: string,
): Promise<boolean> {
  const held = await lockAll(
    database,
    trx
      .selectFrom("due_links")
      .select("subject")
      .where("connection", "=", connection)
      .where("claimed_by", "=", owner)
      .orderBy("subject"),
  ).execute();
  return held.length > 0;
}

/** Hands back what these owners have claimed: due at once, with the time of its signal. */
export async function handBack(
  { query }: Database,
  connection: string,
  claims: ReadonlyMap<string, readonly DueLink[]>,
): Promise<void> {
  for (const [owner, links] of claims) {
    const signalledAt = Math.min(...links.map((link) => link.signalledAt));
    await query
      .updateTable("due_links")
      .set({
        claimed_by: null,
        claimed_until: null,
        signalled_at: sql<number>`coalesce(signalled_at, ${signalledAt})`,
      })
      .where("connection", "=", connection)
      .where("claimed_by", "=", owner)
      .execute();
  }
}

/**
 * Ends claims of `owner`. A row that was signalled meanwhile stays due at once; a claim that was
 * lost to somebody else has no effect.
 */
export async function complete(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  owner: string,
  outcomes: ReadonlyMap<DueLink, Completion>,
  nowMs: number,
): Promise<void> {
  const subjects = [...outcomes.keys()].map((link) => link.subject);
  const held = await lockAll(
    database,
    trx
      .selectFrom("due_links")
      .select(["subject", "generation"])
      .where("connection", "=", connection)
      .where("claimed_by", "=", owner)
      .where("subject", "in", subjects)
      .orderBy("subject"),
  ).execute();
  const generations = new Map(held.map((row) => [row.subject, row.generation]));
  const row = (link: DueLink) => ({ connection, subject: link.subject, claimed_by: owner });

  const now = storeTime(trx, nowMs);
  const finished: string[] = [];
  for (const [link, outcome] of outcomes) {
    const generation = generations.get(link.subject);
    if (generation === undefined) continue;
    const signalled = generation !== link.generation;
    if (outcome.kind === "done" && !signalled) {
      finished.push(link.subject);
      continue;
    }
    const retry = outcome.kind === "again" && !signalled ? outcome : null;
    await trx
      .updateTable("due_links")
      .set({
        claimed_by: null,
        claimed_until: null,
        scheduled_at: now,
        ...(retry === null
          ? { due_at: now }
          : {
              due_at: sql<number>`${now} + ${retry.delayMs}`,
              attempts: sql<number>`attempts + ${retry.blameless === true ? 0 : 1}`,
              last_error: retry.error,
              signalled_at: sql<number>`coalesce(signalled_at, ${link.signalledAt})`,
            }),
      })
      .where((eb) => eb.and(row(link)))
      .execute();
  }
  if (finished.length > 0) {
    await trx
      .deleteFrom("due_links")
      .where("connection", "=", connection)
      .where("claimed_by", "=", owner)
      .where("subject", "in", finished)
      .execute();
  }
}
