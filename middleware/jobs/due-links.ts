/**
 * The queue: what has to be looked at again. A signal says "look at this link", never what to do;
 * signals for one link collapse into one row that counts them (its generation). A row is claimed
 * by one worker for a limited time and leaves the queue only if no signal came in meanwhile.
 */
import { sql, type Transaction } from "kysely";
import type { Database } from "./storage/database.ts";
import { lockAll, lockFree, rowsPerStatement } from "./storage/engine.ts";
import type { Tables } from "./storage/tables.ts";

export const causes = [
  "webhook",
  "stream",
  "sweep",
  "poll",
  "mappings",
  "admin",
  "start",
  "retry",
] as const;
/** What signalled. */
export type Cause = (typeof causes)[number];

/** A link named by its Event, or by its Campaign while the Event is not known. */
export type Subject = `event:${string}` | `campaign:${string}`;

export const eventSubject = (eventId: string): Subject => `event:${eventId}`;
export const campaignSubject = (campaignId: string): Subject => `campaign:${campaignId}`;

/** The Event's id of an `event:` subject; null for the others. */
export function eventIdOf(subject: Subject): string | null {
  return subject.startsWith("event:") ? subject.slice("event:".length) : null;
}

/** One claimed row. */
export interface DueLink {
  readonly subject: Subject;
  readonly generation: number;
  /** When the oldest signal that this claim answers arrived. */
  readonly signalledAt: number;
  readonly cause: Cause;
  /** Failed attempts so far. */
  readonly attempts: number;
}

/** What became of a claimed row. */
export type Completion =
  | { readonly kind: "done" }
  | {
      readonly kind: "again";
      readonly delayMs: number;
      readonly error: string;
      /** A system as a whole is down: the attempt does not count. @default false */
      readonly blameless?: boolean;
    };

/** Marks links as due now, whatever their back-off was. */
export async function signal(
  trx: Transaction<Tables>,
  connection: string,
  subjects: Iterable<Subject>,
  cause: Cause,
  nowMs: number,
): Promise<void> {
  const all = [...new Set(subjects)].sort();
  for (let start = 0; start < all.length; start += rowsPerStatement) {
    const rows = all.slice(start, start + rowsPerStatement).map((subject) => ({
      connection,
      subject,
      generation: 1,
      signalled_at: nowMs,
      cause,
      due_at: nowMs,
    }));
    await trx
      .insertInto("due_links")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["connection", "subject"]).doUpdateSet((eb) => ({
          generation: eb("due_links.generation", "+", 1),
          signalled_at: eb.fn.coalesce("due_links.signalled_at", eb.val(nowMs)),
          cause,
          due_at: nowMs,
          attempts: 0,
        })),
      )
      .execute();
  }
}

/**
 * Takes up to `limit` due rows for `owner` until `untilMs`; rows of a dead owner are taken over
 * when their time is up.
 */
export function claim(
  database: Database,
  connection: string,
  owner: string,
  { limit, nowMs, untilMs }: { limit: number; nowMs: number; untilMs: number },
): Promise<DueLink[]> {
  return database.write(async (trx) => {
    const free = trx
      .selectFrom("due_links")
      .select(["subject", "generation", "signalled_at", "cause", "attempts"])
      .where("connection", "=", connection)
      .where("due_at", "<=", nowMs)
      .where((eb) => eb.or([eb("claimed_until", "is", null), eb("claimed_until", "<", nowMs)]))
      .orderBy("due_at")
      .limit(limit);
    const rows = await lockFree(database, free).execute();
    if (rows.length === 0) return [];
    await trx
      .updateTable("due_links")
      .set({ claimed_by: owner, claimed_until: untilMs, signalled_at: null })
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
  database: Database,
  connection: string,
  owner: string,
  untilMs: number,
): Promise<void> {
  await database.query
    .updateTable("due_links")
    .set({ claimed_until: untilMs })
    .where("connection", "=", connection)
    .where("claimed_by", "=", owner)
    .execute();
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
        ...(retry === null
          ? { due_at: nowMs }
          : {
              due_at: nowMs + retry.delayMs,
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

/** Gives back every claim and every lease. Only where no other process can hold one. */
export async function releaseAll(database: Database, connection: string): Promise<void> {
  await database.query
    .updateTable("due_links")
    .set({ claimed_by: null, claimed_until: null })
    .where("connection", "=", connection)
    .execute();
  await database.query.deleteFrom("leases").where("connection", "=", connection).execute();
}

/** How much waits: `due` can be worked on now, `later` waits for its next try. */
export async function backlog(
  database: Database,
  connection: string,
  nowMs: number,
): Promise<{ due: number; later: number }> {
  const row = await database.query
    .selectFrom("due_links")
    .select((eb) => [
      eb.fn.countAll<number>().as("all"),
      eb.fn
        .sum<number | null>(eb.case().when("due_at", "<=", nowMs).then(1).else(0).end())
        .as("due"),
    ])
    .where("connection", "=", connection)
    .executeTakeFirstOrThrow();
  const due = row.due ?? 0;
  return { due, later: row.all - due };
}
