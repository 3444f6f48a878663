/**
 * What is remembered of an Event for good: that it once had a Campaign, so that no other is made
 * for it, and that one is being made, so that a lost answer still ends in the history.
 */
import type { Kysely, Transaction } from "kysely";
import { z } from "zod";
import { inLockOrder, inStatements } from "../database/engine.ts";
import { readJson } from "../database/json-column.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface EventPast {
  /** It has, or once had, a Campaign. */
  readonly linked: boolean;
  /** A Campaign was asked for, and its arrival is not in the history yet. */
  readonly creating: boolean;
}

/** Events without a past are missing from the map. */
export async function eventPasts(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<Map<string, EventPast>> {
  if (eventIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("event_link_history")
    .select(["event_id", "linked_at", "creating_at"])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.event_id,
      { linked: row.linked_at !== null, creating: row.creating_at !== null },
    ]),
  );
}

/** The Events have, or had, a Campaign: none is made for them from now on. */
export async function markLinked(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await mark(trx, eventIds, "linked_at", nowMs);
}

/** A Campaign is about to be asked for. */
export async function markCreating(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await mark(trx, eventIds, "creating_at", nowMs);
}

/** The creation is in the history, or will not come any more. */
export async function endCreating(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await trx
    .updateTable("event_link_history")
    .set({ creating_at: null })
    .where("tenant", "=", tenantOf(trx))
    .where("event_id", "in", eventIds)
    .execute();
}

async function mark(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
  column: "linked_at" | "creating_at",
  nowMs: number,
): Promise<void> {
  for (const ids of inStatements(inLockOrder(eventIds))) {
    const rows = ids.map((event_id) => ({ tenant: tenantOf(trx), event_id, [column]: nowMs }));
    await trx
      .insertInto("event_link_history")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["tenant", "event_id"]).doUpdateSet({ [column]: nowMs }),
      )
      .execute();
  }
}

const pageSize = 500;
const statusSchema = z.looseObject({ status: z.unknown() });

/** Events that never had a Campaign, with their status as last seen, in pages. */
export async function* statusesOfUnlinkedEvents(
  query: Kysely<Tables>,
): AsyncGenerator<readonly { readonly eventId: string; readonly status: unknown }[]> {
  let after = "";
  for (;;) {
    const rows = await query
      .selectFrom("event_snapshots")
      .leftJoin("event_link_history", (join) =>
        join
          .onRef("event_link_history.tenant", "=", "event_snapshots.tenant")
          .onRef("event_link_history.event_id", "=", "event_snapshots.event_id"),
      )
      .select(["event_snapshots.event_id", "event_snapshots.body"])
      .where("event_snapshots.tenant", "=", tenantOf(query))
      .where("event_snapshots.deleted", "=", 0)
      .where("event_snapshots.body", "!=", "")
      .where("event_link_history.linked_at", "is", null)
      .where("event_snapshots.event_id", ">", after)
      .orderBy("event_snapshots.event_id")
      .limit(pageSize)
      .execute();
    if (rows.length > 0) {
      yield rows.map((row) => ({
        eventId: row.event_id,
        status: readJson(row.body, statusSchema)?.status,
      }));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.event_id;
  }
}
