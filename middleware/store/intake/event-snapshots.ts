/** The last seen state of every Event, so that a push needs no read from Circa. */
import type { Kysely, Transaction } from "kysely";
import type { EventMark } from "../../model/event-order.ts";
import type { CircaEvent } from "../../model/records.ts";
import { inLockOrder, inStatements, lockAll, lockOrder, valueRows } from "../database/engine.ts";
import type { Database } from "../database/database.ts";
import {
  forgotten,
  judge,
  markOf,
  readBody,
  type EventState,
  type KeptState,
} from "./judge-event-state.ts";
import { isStorable } from "../database/storable-text.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface EventSnapshot {
  /** A webhook, or a comparison of everything, said that it was deleted: one sign of two. */
  readonly deletionTold: boolean;
  /** Milliseconds since the epoch, of the last state that was kept. */
  readonly updatedAt: number;
  /** null when it was deleted, and when what was kept of it is no longer so. */
  readonly event: CircaEvent | null;
  /** Only that it was there is known: it has to be read from Circa. */
  readonly forgotten: boolean;
  /** Something that came later contradicts it: it has to be read before it is used. */
  readonly doubted: boolean;
  readonly mark: EventMark;
  /** When it came, or was asked for; 0 when that is not known. */
  readonly receivedAt: number;
  /** The sync state last shown on the Event, as sent; blank when none was. */
  readonly shown: string;
}

/** Events never seen are missing from the map. */
export async function eventSnapshots(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<Map<string, EventSnapshot>> {
  if (eventIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("event_snapshots")
    .select(["event_id", "version", "updated_at", "deleted", "body", "shown"])
    .select(["received_at", "doubted"])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds)
    .execute();
  return new Map(
    rows.map((row) => {
      const event = row.deleted === 1 ? null : readBody(row.body);
      const seen = {
        event,
        deletionTold: row.deleted === 1,
        updatedAt: row.updated_at,
        // What can't be read can be asked for.
        forgotten: row.deleted === 0 && event === null,
        doubted: row.doubted === 1,
        mark: markOf(row),
        receivedAt: row.received_at,
        shown: row.shown,
      };
      return [row.event_id, seen];
    }),
  );
}

/** Remembers which sync state each Event shows. */
export async function saveShown(
  trx: Transaction<Tables>,
  shown: ReadonlyMap<string, string>,
): Promise<void> {
  for (const rows of inStatements([...shown])) {
    await trx
      .updateTable("event_snapshots")
      .from(valueRows<{ column1: string; column2: string }>(rows).as("fresh"))
      .set((eb) => ({ shown: eb.ref("fresh.column2") }))
      .where("tenant", "=", tenantOf(trx))
      .whereRef("event_id", "=", "fresh.column1")
      .execute();
  }
}

/**
 * Keeps each state unless a newer one of its Event is kept already. The Events' rows are locked in
 * the order of their ids, whatever the order of the states.
 * @param states several of one Event count in their order
 * @param alsoLocked Events that the transaction changes next: locked with the others, in one order
 * @returns of each state, in the same order, whether it was news
 */
export async function saveEvents(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  states: readonly EventState[],
  alsoLocked: readonly string[] = [],
): Promise<boolean[]> {
  const kept = await lockKept(database, trx, states, alsoLocked);
  const touched = new Set<string>();
  const news = states.map((state) => {
    const { id } = state.answer.event;
    // Its row would read back under another id.
    if (!isStorable(id)) return false;
    const verdict = judge(state, kept.get(id));
    if (verdict.row !== null) {
      kept.set(id, verdict.row);
      touched.add(id);
    }
    return verdict.news;
  });
  const rows = [...kept]
    .filter(([eventId]) => touched.has(eventId))
    .map(([event_id, state]) => ({ tenant: tenantOf(trx), event_id, ...state }));
  for (const some of inStatements(rows)) {
    await trx
      .insertInto("event_snapshots")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["tenant", "event_id"]).doUpdateSet((eb) => ({
          version: eb.ref("excluded.version"),
          updated_at: eb.ref("excluded.updated_at"),
          deleted: eb.ref("excluded.deleted"),
          body: eb.ref("excluded.body"),
          received_at: eb.ref("excluded.received_at"),
          doubted: eb.ref("excluded.doubted"),
        })),
      )
      .execute();
  }
  return news;
}

/** Has these Events read before they are used; those never seen are read anyway. */
export async function doubtEvents(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await trx
    .updateTable("event_snapshots")
    .set({ doubted: 1 })
    .where("tenant", "=", tenantOf(trx))
    .where("event_id", "in", eventIds)
    .execute();
}

/** What is kept of these Events, theirs until the transaction ends; those never seen are missing. */
async function lockKept(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  states: readonly EventState[],
  alsoLocked: readonly string[],
): Promise<Map<string, KeptState>> {
  const stated = new Set(states.map(({ answer }) => answer.event.id).filter(isStorable));
  const others = database.engine === "postgres" ? alsoLocked : [];
  const kept = new Map<string, KeptState>();
  for (const ids of inStatements(inLockOrder([...stated, ...others]))) {
    const places = ids.filter((id) => stated.has(id));
    const unseen = await holdPlaces(database, trx, places);
    const rows = await lockAll(
      database,
      trx
        .selectFrom("event_snapshots")
        .select(["event_id", "version", "updated_at", "deleted", "body", "received_at", "doubted"])
        .where("tenant", "=", tenantOf(trx))
        .where("event_id", "in", ids)
        .orderBy(lockOrder(database.engine, "event_id")),
    ).execute();
    for (const { event_id: eventId, ...state } of rows) {
      if (!unseen.has(eventId)) kept.set(eventId, state);
    }
  }
  return kept;
}

/**
 * A row that does not exist can't be locked: of two processes that see an Event for the first
 * time, the one with the older state would come second and win.
 * @returns the Events that were never seen; their rows hold nothing yet
 */
async function holdPlaces(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<Set<string>> {
  // SQLite has one writer at a time.
  if (database.engine === "sqlite" || eventIds.length === 0) return new Set();
  const nothing = { version: 0, updated_at: 0, body: forgotten };
  const rows = await trx
    .insertInto("event_snapshots")
    .values(eventIds.map((event_id) => ({ tenant: tenantOf(trx), event_id, ...nothing })))
    .onConflict((conflict) => conflict.columns(["tenant", "event_id"]).doNothing())
    .returning("event_id")
    .execute();
  return new Set(rows.map((row) => row.event_id));
}

/**
 * Forgets what is kept of Events, so that they are read from Circa the next time. Which version it
 * was stays known: an older one that comes late must not take the place.
 */
export async function clearEventBodies(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<void> {
  await changeEvents(query, eventIds, { body: forgotten }, "alive");
}

/** A comparison of everything has not met them: one sign of two that they are deleted. */
export async function noteDeleted(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<void> {
  await changeEvents(trx, eventIds, { deleted: 1 }, "all");
}

/** They exist, whatever a notification said: the next pass reads them once more. */
export async function noteAlive(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<void> {
  await changeEvents(trx, eventIds, { deleted: 0, body: forgotten }, "deleted");
}

async function changeEvents(
  query: Kysely<Tables>,
  eventIds: readonly string[],
  change: { readonly deleted?: 0 | 1; readonly body?: string },
  which: "all" | "alive" | "deleted",
): Promise<void> {
  if (eventIds.length === 0) return;
  await query
    .updateTable("event_snapshots")
    .set(change)
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds)
    .$if(which !== "all", (it) => it.where("deleted", "=", which === "alive" ? 0 : 1))
    .execute();
}
