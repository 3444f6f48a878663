/** Which mapping has met which link: the mark that a first contact has happened. */
import type { Kysely, Transaction } from "kysely";
import { inStatements } from "./engine.ts";
import type { Tables } from "./tables.ts";

/** @returns the identities of the mappings met, by Event id and for that Campaign only */
export async function metMappings(
  query: Kysely<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<Map<string, { campaignId: string; mappings: Set<string> }>> {
  const met = new Map<string, { campaignId: string; mappings: Set<string> }>();
  if (eventIds.length === 0) return met;
  const rows = await query
    .selectFrom("first_contacts")
    .select(["event_id", "campaign_id", "mapping"])
    .where("connection", "=", connection)
    .where("event_id", "in", eventIds)
    .execute();
  for (const row of rows) {
    const entry = met.get(row.event_id) ?? { campaignId: row.campaign_id, mappings: new Set() };
    entry.mappings.add(row.mapping);
    met.set(row.event_id, entry);
  }
  return met;
}

/** How many pairs of link and mapping have had their first contact. */
export async function countFirstContacts(
  query: Kysely<Tables>,
  connection: string,
): Promise<number> {
  const row = await query
    .selectFrom("first_contacts")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("connection", "=", connection)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A mapping that has met a link. */
export interface FirstContact {
  readonly eventId: string;
  readonly campaignId: string;
  /** Its identity. */
  readonly mapping: string;
}

export async function markFirstContacts(
  trx: Transaction<Tables>,
  connection: string,
  contacts: readonly FirstContact[],
  nowMs: number,
): Promise<void> {
  for (const some of inStatements(contacts)) {
    const rows = some.map(({ eventId, campaignId, mapping }) => ({
      connection,
      event_id: eventId,
      campaign_id: campaignId,
      mapping,
      at: nowMs,
    }));
    await trx
      .insertInto("first_contacts")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["connection", "event_id", "mapping"]).doNothing())
      .execute();
  }
}

/**
 * Forgets mappings that are no longer switched on, so that switching one on again, or turning it
 * round and back, is a first contact again.
 */
export async function forgetMappings(
  trx: Transaction<Tables>,
  connection: string,
  active: readonly string[],
): Promise<void> {
  let gone = trx.deleteFrom("first_contacts").where("connection", "=", connection);
  if (active.length > 0) gone = gone.where("mapping", "not in", active);
  await gone.execute();
}
