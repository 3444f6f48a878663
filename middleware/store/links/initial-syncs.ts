/**
 * Which mapping has met which link: the mark that a first contact has happened, and what of it is
 * still open, since a blank was not to overwrite a value.
 */
import type { Kysely, Transaction } from "kysely";
import { inStatements } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/**
 * Kept in place of a sentence: both sides were blank, by a state of the Event that was not fresh. A
 * person may have filled it before, so that the first contact is still to come.
 */
const unsureBlank = "";

export interface InitialisedMappings {
  readonly campaignId: string;
  readonly mappings: Set<string>;
  /** Not among them: they have met two blanks, and may find a value that was there already. */
  readonly unsure: Set<string>;
  /** Those of them whose blank is held. */
  readonly held: Set<string>;
}

/** @returns the identities of the mappings met, by Event id and for that Campaign only */
export async function initialisedMappings(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<Map<string, InitialisedMappings>> {
  const met = new Map<string, InitialisedMappings>();
  if (eventIds.length === 0) return met;
  const rows = await query
    .selectFrom("initial_syncs")
    .select(["event_id", "campaign_id", "mapping", "held_blank"])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds)
    .execute();
  for (const row of rows) {
    const entry = met.get(row.event_id) ?? {
      campaignId: row.campaign_id,
      mappings: new Set(),
      unsure: new Set(),
      held: new Set(),
    };
    met.set(row.event_id, entry);
    if (row.held_blank === unsureBlank) {
      entry.unsure.add(row.mapping);
      continue;
    }
    entry.mappings.add(row.mapping);
    if (row.held_blank !== null) entry.held.add(row.mapping);
  }
  return met;
}

/** How many pairs of link and mapping have had their first contact. */
export async function countInitialised(query: Kysely<Tables>): Promise<number> {
  const row = await query
    .selectFrom("initial_syncs")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("tenant", "=", tenantOf(query))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** How many pairs of link and mapping have a blank that is held. */
export async function countHeldBlanks(query: Kysely<Tables>): Promise<number> {
  const row = await query
    .selectFrom("initial_syncs")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("tenant", "=", tenantOf(query))
    .where("held_blank", "!=", unsureBlank)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A mapping that has met a link. */
export interface InitialSync {
  readonly eventId: string;
  readonly campaignId: string;
  /** Its identity. */
  readonly mapping: string;
  /** The sentence that says which blank is held; null when none is. */
  readonly heldBlank: string | null;
  /** Both sides are blank, as far as an Event tells that is not fresh. */
  readonly isUnsure: boolean;
}

export async function markInitialised(
  trx: Transaction<Tables>,
  contacts: readonly InitialSync[],
  nowMs: number,
): Promise<void> {
  for (const some of inStatements(contacts)) {
    const rows = some.map(({ eventId, campaignId, mapping, heldBlank, isUnsure }) => ({
      tenant: tenantOf(trx),
      event_id: eventId,
      campaign_id: campaignId,
      mapping,
      held_blank: isUnsure ? unsureBlank : heldBlank,
      at: nowMs,
    }));
    await trx
      .insertInto("initial_syncs")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(["tenant", "event_id", "mapping"])
          .doUpdateSet((eb) => ({
            held_blank: eb.ref("excluded.held_blank"),
            at: eb.ref("excluded.at"),
          }))
          .where("initial_syncs.held_blank", "=", unsureBlank),
      )
      .execute();
  }
}

/** A blank that the initial sync left alone. */
export interface HeldBlankRow {
  readonly eventId: string;
  readonly campaignId: string;
  /** Identity of the mapping. */
  readonly mapping: string;
  readonly message: string;
}

/** The sides that were blank have changed, or both are blank now: their direction rules again. */
export async function releaseHeldBlanks(
  trx: Transaction<Tables>,
  released: readonly { readonly eventId: string; readonly mapping: string }[],
): Promise<void> {
  for (const { eventId, mapping } of released) {
    await trx
      .updateTable("initial_syncs")
      .set({ held_blank: null })
      .where("tenant", "=", tenantOf(trx))
      .where("event_id", "=", eventId)
      .where("mapping", "=", mapping)
      .execute();
  }
}

/** @param eventIds of these Events only. @default of all */
export async function heldBlanks(
  query: Kysely<Tables>,
  { eventIds, limit = 1_000 }: { eventIds?: readonly string[]; limit?: number } = {},
): Promise<HeldBlankRow[]> {
  if (eventIds?.length === 0) return [];
  let held = query
    .selectFrom("initial_syncs")
    .select(["event_id", "campaign_id", "mapping", "held_blank"])
    .where("tenant", "=", tenantOf(query))
    .where("held_blank", "!=", unsureBlank);
  if (eventIds !== undefined) held = held.where("event_id", "in", eventIds);
  const rows = await held.orderBy("event_id").orderBy("mapping").limit(limit).execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    campaignId: row.campaign_id,
    mapping: row.mapping,
    message: row.held_blank ?? "",
  }));
}

/**
 * Forgets mappings that are no longer switched on, so that switching one on again, or turning it
 * round and back, is a first contact again.
 */
export async function deleteOtherMappings(
  trx: Transaction<Tables>,
  active: readonly string[],
): Promise<void> {
  let gone = trx.deleteFrom("initial_syncs").where("tenant", "=", tenantOf(trx));
  if (active.length > 0) gone = gone.where("mapping", "not in", active);
  await gone.execute();
}
