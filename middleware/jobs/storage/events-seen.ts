/** The last seen state of every Event, so that a push needs no read from Circa. */
import type { Kysely, Transaction } from "kysely";
import { isNewer, type CircaEvent } from "../../sync/records.ts";
import type { EventAnswer } from "../../systems/circa/client.ts";
import { eventSchema } from "../../systems/circa/schemas.ts";
import { isStorable } from "./storable-text.ts";
import { inLockOrder, inStatements, lockAll, lockOrder, valueRows } from "./engine.ts";
import type { Database } from "./database.ts";
import { readJson } from "./json-column.ts";
import type { Tables } from "./tables.ts";

/** The body of an Event of which only the version is known. */
const forgotten = "";

export interface SeenEvent {
  /** null when it was deleted, and when what was kept of it is no longer so. */
  readonly event: CircaEvent | null;
  /** Only that it was there is known: it has to be read from Circa. */
  readonly forgotten: boolean;
  /** The sync state last shown on the Event, as sent; blank when none was. */
  readonly shown: string;
}

/** Events never seen are missing from the map. */
export async function eventsSeen(
  query: Kysely<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<Map<string, SeenEvent>> {
  if (eventIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("events_seen")
    .select(["event_id", "deleted", "body", "shown"])
    .where("connection", "=", connection)
    .where("event_id", "in", eventIds)
    .execute();
  const broken: string[] = [];
  const seen = rows.map((row): [string, SeenEvent] => {
    const { event_id: id, shown } = row;
    if (row.deleted === 1) return [id, { event: null, forgotten: false, shown }];
    const event = row.body === forgotten ? null : readJson(row.body, eventSchema);
    if (event === null && row.body !== forgotten) broken.push(id);
    return [id, { event, forgotten: event === null, shown }];
  });
  // Or the state that is read anew would not count as news beside the broken one.
  await forgetEvents(query, connection, broken);
  return new Map(seen);
}

/** Remembers which sync state each Event shows. */
export async function keepShown(
  trx: Transaction<Tables>,
  connection: string,
  shown: ReadonlyMap<string, string>,
): Promise<void> {
  for (const rows of inStatements([...shown])) {
    await trx
      .updateTable("events_seen")
      .from(valueRows<{ column1: string; column2: string }>(rows).as("fresh"))
      .set((eb) => ({ shown: eb.ref("fresh.column2") }))
      .where("connection", "=", connection)
      .whereRef("event_id", "=", "fresh.column1")
      .execute();
  }
}

/** A state of an Event, as some answer or webhook shows it. */
export interface EventState {
  readonly answer: EventAnswer;
  /** @default false */
  readonly deleted?: boolean;
  /** Tells of something that need not count as a new version: then the Event is read anew. */
  readonly doubtful?: boolean;
  /** It was on its way for who knows how long: the Event may be gone since. */
  readonly maybeLate?: boolean;
}

interface KeptState {
  version: number;
  updated_at: number;
  deleted: number;
  body: string;
}

/**
 * Keeps each state unless a newer one of its Event is kept already. The Events' rows are locked in
 * the order of their ids, whatever the order of the states.
 * @param states several of one Event count in their order
 * @param alsoLocked Events that the transaction changes next: locked with the others, in one order
 * @returns of each state, in the same order, whether it was news
 */
export async function keepEvents(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  states: readonly EventState[],
  alsoLocked: readonly string[] = [],
): Promise<boolean[]> {
  const kept = await lockKept(database, trx, connection, states, alsoLocked);
  const touched = new Set<string>();
  const news = states.map((state) => {
    const { event, body } = state.answer;
    const { deleted = false, doubtful = false, maybeLate = false } = state;
    const before = kept.get(event.id);
    // Its row would read back under another id.
    if (!isStorable(event.id)) return false;
    const text = JSON.stringify(body);
    if (before?.body === forgotten && maybeLate && !deleted && isSame(event, before)) return true;
    if (before === undefined || isNews(event, text, deleted, before)) {
      const version = event.version ?? 0;
      const flag = deleted ? 1 : 0;
      kept.set(event.id, { version, updated_at: event.updatedAt, deleted: flag, body: text });
      touched.add(event.id);
      return true;
    }
    if (doubtful && before.deleted === 0) {
      kept.set(event.id, { ...before, body: forgotten });
      touched.add(event.id);
    }
    return false;
  });
  const rows = [...kept]
    .filter(([eventId]) => touched.has(eventId))
    .map(([event_id, state]) => ({ connection, event_id, ...state }));
  for (const some of inStatements(rows)) {
    await trx
      .insertInto("events_seen")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["connection", "event_id"]).doUpdateSet((eb) => ({
          version: eb.ref("excluded.version"),
          updated_at: eb.ref("excluded.updated_at"),
          deleted: eb.ref("excluded.deleted"),
          body: eb.ref("excluded.body"),
        })),
      )
      .execute();
  }
  return news;
}

/** What is kept of these Events, theirs until the transaction ends; those never seen are missing. */
async function lockKept(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  states: readonly EventState[],
  alsoLocked: readonly string[],
): Promise<Map<string, KeptState>> {
  const stated = new Set(states.map(({ answer }) => answer.event.id).filter(isStorable));
  const others = database.engine === "postgres" ? alsoLocked : [];
  const kept = new Map<string, KeptState>();
  for (const ids of inStatements(inLockOrder([...stated, ...others]))) {
    const places = ids.filter((id) => stated.has(id));
    const unseen = await holdPlaces(database, trx, connection, places);
    const rows = await lockAll(
      database,
      trx
        .selectFrom("events_seen")
        .select(["event_id", "version", "updated_at", "deleted", "body"])
        .where("connection", "=", connection)
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
  connection: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  // SQLite has one writer at a time.
  if (database.engine === "sqlite" || eventIds.length === 0) return new Set();
  const nothing = { version: 0, updated_at: 0, body: forgotten };
  const rows = await trx
    .insertInto("events_seen")
    .values(eventIds.map((event_id) => ({ connection, event_id, ...nothing })))
    .onConflict((conflict) => conflict.columns(["connection", "event_id"]).doNothing())
    .returning("event_id")
    .execute();
  return new Set(rows.map((row) => row.event_id));
}

/** Neither newer nor older. */
function isSame(event: CircaEvent, { version, updated_at: updatedAt }: KeptState): boolean {
  const kept = { version: version === 0 ? null : version, updatedAt };
  return !isNewer(event, kept) && !isNewer(kept, event);
}

function isNews(event: CircaEvent, text: string, deleted: boolean, kept: KeptState): boolean {
  if (kept.deleted === 0 && deleted) return true;
  const version = kept.version === 0 ? null : kept.version;
  if (isNewer(event, { version, updatedAt: kept.updated_at })) return true;
  // Read anew, it need not have moved.
  if (kept.body === forgotten) return !isNewer({ version, updatedAt: kept.updated_at }, event);
  // Circa's times are whole seconds: without versions a second state of the same second is news.
  const versioned = event.version !== null && version !== null;
  return !versioned && event.updatedAt === kept.updated_at && text !== kept.body;
}

/**
 * Forgets what is kept of Events, so that they are read from Circa the next time. Which version it
 * was stays known: an older one that comes late must not take the place.
 */
export async function forgetEvents(
  query: Kysely<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await query
    .updateTable("events_seen")
    .set({ body: forgotten })
    .where("connection", "=", connection)
    .where("deleted", "=", 0)
    .where("event_id", "in", eventIds)
    .execute();
}
