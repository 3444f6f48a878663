/**
 * The writes that a pass plans, stored before it writes. Should the node die between the write
 * and its record, the next pass finds both sides in sync; the overwritten value is here.
 */
import type { Kysely, Transaction } from "kysely";
import { z } from "zod";
import { rowsPerStatement } from "../database/engine.ts";
import type { Change } from "./history.ts";
import { readJson } from "../database/json-column.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** A change before it has happened. */
export type PendingWrite = Omit<Change, "at" | "latencyMs"> & {
  /** When the notification arrived that led to it. */
  readonly signalledAt: number;
  /** A later pass has seen that it happened; only its record is missing. */
  readonly taken: boolean;
};

const intendedSchema = z.array(
  z.object({
    eventId: z.string(),
    eventName: z.string(),
    campaignId: z.string(),
    fieldKey: z.string(),
    fieldLabel: z.string(),
    campaignField: z.string(),
    direction: z.enum(["to_salesforce", "from_salesforce"]),
    oldValue: z.unknown(),
    newValue: z.unknown(),
    cause: z.string(),
    note: z.string().nullable(),
    signalledAt: z.number(),
    taken: z.boolean().default(false),
  }),
);

/**
 * @param kind of link, as below
 * @param intended by the link's id; those of an earlier pass over the same link are replaced
 */
export async function savePendingWrites(
  query: Kysely<Tables>,
  kind: string,
  intended: ReadonlyMap<string, readonly PendingWrite[]>,
): Promise<void> {
  const all = [...intended].map(([linkId, changes]) => ({
    tenant: tenantOf(query),
    kind,
    link_id: linkId,
    changes: JSON.stringify(changes),
  }));
  for (let start = 0; start < all.length; start += rowsPerStatement) {
    await query
      .insertInto("pending_writes")
      .values(all.slice(start, start + rowsPerStatement))
      .onConflict((conflict) =>
        conflict
          .columns(["tenant", "kind", "link_id"])
          .doUpdateSet((eb) => ({ changes: eb.ref("excluded.changes") })),
      )
      .execute();
  }
}

/** Leftovers of passes that did not end. */
export async function unconfirmed(
  query: Kysely<Tables>,
  kind: string,
  linkIds: readonly string[],
): Promise<Map<string, PendingWrite[]>> {
  if (linkIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("pending_writes")
    .select(["link_id", "changes"])
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", kind)
    .where("link_id", "in", linkIds)
    .execute();
  return new Map(rows.map((row) => [row.link_id, readJson(row.changes, intendedSchema) ?? []]));
}

export async function deletePendingWrites(
  trx: Transaction<Tables>,
  kind: string,
  linkIds: readonly string[],
): Promise<void> {
  if (linkIds.length === 0) return;
  await trx
    .deleteFrom("pending_writes")
    .where("tenant", "=", tenantOf(trx))
    .where("kind", "=", kind)
    .where("link_id", "in", linkIds)
    .execute();
}
