/**
 * The queue of due links. A notification says "compare this link", never what to do;
 * notifications for one link collapse into one row that counts them (its generation). Workers
 * claim rows (`claims.ts`).
 */
import { sql, type Transaction } from "kysely";
import { eventKind } from "../model/link-kinds.ts";
import type { SystemName } from "../runtime/errors.ts";
import type { Database } from "../store/database/database.ts";
import { inLockOrder, inStatements, storeTime } from "../store/database/engine.ts";
import { isStorable } from "../store/database/storable-text.ts";
import type { Tables } from "../store/database/tables.ts";
import { tenantOf } from "../store/database/tenant.ts";

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
/** What notified. */
export type Cause = (typeof causes)[number];

/**
 * A link named by its kind and its id in there, so that an id that two kinds have is two links. An
 * Event's is named by its Campaign while the Event is not known.
 */
export type Subject = `${string}:${string}`;

export const eventSubject = (eventId: string): Subject => `${eventKind}:${eventId}`;
export const campaignSubject = (campaignId: string): Subject => `campaign:${campaignId}`;

/** The kind of link that is worked on by another function, in batches of its own. */
function kindOf(subject: Subject): string {
  const prefix = subject.slice(0, subject.indexOf(":"));
  return prefix === "campaign" ? eventKind : prefix;
}

/** The Event's id of an `event:` subject; null for the others. */
export function eventIdOf(subject: Subject): string | null {
  return subject.startsWith("event:") ? subject.slice("event:".length) : null;
}

/** One claimed row. */
export interface DueLink {
  readonly subject: Subject;
  readonly generation: number;
  /** When the oldest notification that this claim answers arrived. */
  readonly signalledAt: number;
  readonly cause: Cause;
  /** Failed attempts so far. */
  readonly attempts: number;
}

/** What became of a claimed row. */
export type Completion =
  | {
      readonly kind: "done";
      /**
       * Signals since the claim, by the generation each made of the row, that told nothing the pass
       * did not know. @default all of them tell something
       */
      readonly toldNothing?: (generation: number) => boolean;
    }
  | {
      readonly kind: "again";
      readonly delayMs: number;
      readonly error: string;
      /**
       * The system that is away as a whole: the attempt does not count, and the link is left alone
       * while that system is, unless it is notified anew. @default the link's own failure
       */
      readonly waitsFor?: SystemName | undefined;
    };

/**
 * Marks links as due now, whatever their back-off was. One that is due already keeps its place in
 * the queue: the Event that a person is editing must not be overtaken by everything else.
 * @param nowMs when the notification arrived; due times follow the store's clock (`storeTime`)
 * @returns what the rows' generations are now
 */
export async function markDue(
  trx: Transaction<Tables>,
  subjects: Iterable<Subject>,
  cause: Cause,
  nowMs: number,
): Promise<Map<Subject, number>> {
  const generations = new Map<Subject, number>();
  const now = storeTime(trx, nowMs);
  const earlier = (column: "due_at" | "scheduled_at") =>
    sql<number>`case when due_links.due_at <= ${now} then due_links.${sql.ref(column)} else ${now} end`;
  // A row that reads back under another name would be claimed for ever and never end.
  const all = [...subjects].filter(isStorable);
  for (const some of inStatements(inLockOrder(all))) {
    const rows = some.map((subject) => ({
      tenant: tenantOf(trx),
      subject,
      kind: kindOf(subject),
      generation: 1,
      signalled_at: nowMs,
      cause,
      due_at: now,
      scheduled_at: now,
    }));
    const told = await trx
      .insertInto("due_links")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["tenant", "subject"]).doUpdateSet((eb) => ({
          generation: eb("due_links.generation", "+", 1),
          signalled_at: eb.fn.coalesce("due_links.signalled_at", eb.val(nowMs)),
          cause,
          due_at: earlier("due_at"),
          scheduled_at: earlier("scheduled_at"),
          attempts: 0,
          blocked_by: null,
        })),
      )
      .returning(["subject", "generation"])
      .execute();
    for (const row of told) generations.set(row.subject as Subject, row.generation);
  }
  return generations;
}

/** Gives back every claim and every lease. Only where no other process can hold one. */
export async function releaseAll({ query }: Database): Promise<void> {
  const tenant = tenantOf(query);
  await query
    .updateTable("due_links")
    .set({ claimed_by: null, claimed_until: null })
    .where("tenant", "=", tenant)
    .execute();
  await query.deleteFrom("leases").where("tenant", "=", tenant).execute();
}

/** Whether more than `count` Events' links can be worked on now; looks at no more than that. */
export async function isDueMoreThan(
  { query }: Database,
  count: number,
  nowMs: number,
): Promise<boolean> {
  const row = await query
    .selectFrom("due_links")
    .select("due_at")
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", eventKind)
    .where("due_at", "<=", storeTime(query, nowMs))
    .orderBy("due_at")
    .offset(count)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How much waits, by counting it: `due` can be worked on now, `later` waits for its next try. */
export async function backlog(
  database: Database,
  nowMs: number,
): Promise<{ due: number; later: number }> {
  const row = await database.query
    .selectFrom("due_links")
    .select((eb) => [
      eb.fn.countAll<number>().as("all"),
      eb.fn
        .sum<
          number | null
        >(eb.case().when("due_at", "<=", storeTime(database.query, nowMs)).then(1).else(0).end())
        .as("due"),
    ])
    .where("tenant", "=", tenantOf(database.query))
    .executeTakeFirstOrThrow();
  const due = row.due ?? 0;
  return { due, later: row.all - due };
}
