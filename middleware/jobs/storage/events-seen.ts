/** The last seen state of every Event, so that a push needs no read from Circa. */
import type { Kysely, Transaction } from "kysely";
import { isNewer, type CircaEvent } from "../../sync/records.ts";
import type { EventAnswer } from "../../systems/circa/client.ts";
import { eventSchema } from "../../systems/circa/schemas.ts";
import { lockAll } from "./engine.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** The body of an Event of which only the version is known. */
const forgotten = "";

export interface SeenEvent {
  /** null when it was deleted. */
  readonly event: CircaEvent | null;
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
  const seen = rows.flatMap((row): [string, SeenEvent][] => {
    if (row.body === forgotten) return [];
    if (row.deleted === 1) return [[row.event_id, { event: null, shown: row.shown }]];
    const event = eventSchema.safeParse(JSON.parse(row.body));
    return event.success ? [[row.event_id, { event: event.data, shown: row.shown }]] : [];
  });
  return new Map(seen);
}

/** Remembers which sync state the Event shows. */
export async function keepShown(
  trx: Transaction<Tables>,
  connection: string,
  eventId: string,
  shown: string,
): Promise<void> {
  await trx
    .updateTable("events_seen")
    .set({ shown })
    .where("connection", "=", connection)
    .where("event_id", "=", eventId)
    .execute();
}

/**
 * Keeps an Event unless a newer state of it is kept already.
 * @returns true when this state was news
 */
export async function keepEvent(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  { event, body }: EventAnswer,
  deleted = false,
): Promise<boolean> {
  const kept = await lockAll(
    database,
    trx
      .selectFrom("events_seen")
      .select(["version", "updated_at", "deleted", "body"])
      .where("connection", "=", connection)
      .where("event_id", "=", event.id),
  ).executeTakeFirst();
  const text = JSON.stringify(body);
  if (kept !== undefined && !isNews(event, text, deleted, kept)) return false;
  const values = {
    version: event.version ?? 0,
    updated_at: event.updatedAt,
    deleted: deleted ? 1 : 0,
    body: text,
  };
  await trx
    .insertInto("events_seen")
    .values({ connection, event_id: event.id, ...values })
    .onConflict((conflict) => conflict.columns(["connection", "event_id"]).doUpdateSet(values))
    .execute();
  return true;
}

function isNews(
  event: CircaEvent,
  text: string,
  deleted: boolean,
  kept: { version: number; updated_at: number; deleted: number; body: string },
): boolean {
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
  trx: Transaction<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await trx
    .updateTable("events_seen")
    .set({ body: forgotten })
    .where("connection", "=", connection)
    .where("deleted", "=", 0)
    .where("event_id", "in", eventIds)
    .execute();
}
