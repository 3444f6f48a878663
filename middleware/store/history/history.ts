/** History: every field that was written, with the value it replaced. */
import { sql, type Kysely, type Selectable, type Transaction } from "kysely";
import { z } from "zod";
import { eventKind } from "../../model/link-kinds.ts";
import { rowsPerStatement } from "../database/engine.ts";
import { readJson } from "../database/json-column.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** One field written to one side. */
export interface Change {
  readonly at: number;
  readonly eventId: string;
  readonly eventName: string;
  readonly campaignId: string;
  readonly fieldKey: string;
  readonly fieldLabel: string;
  readonly campaignField: string;
  /** The way the value went. */
  readonly direction: "to_salesforce" | "from_salesforce";
  readonly oldValue: unknown;
  readonly newValue: unknown;
  /** What notified. */
  readonly cause: string;
  /** Why, where that is not plain: `put_back_in_circa`, `first_contact`, … */
  readonly note: string | null;
  /** From the notification's arrival to the accepted write. */
  readonly latencyMs: number | null;
}

/** @param kind of link */
export async function addChanges(
  trx: Transaction<Tables>,
  kind: string,
  changes: readonly Change[],
): Promise<void> {
  for (let start = 0; start < changes.length; start += rowsPerStatement) {
    const rows = changes.slice(start, start + rowsPerStatement).map((change) => ({
      tenant: tenantOf(trx),
      kind,
      at: change.at,
      event_id: change.eventId,
      event_name: change.eventName,
      campaign_id: change.campaignId,
      field_key: change.fieldKey,
      field_label: change.fieldLabel,
      campaign_field: change.campaignField,
      direction: change.direction,
      old_value: JSON.stringify(change.oldValue ?? null),
      new_value: JSON.stringify(change.newValue ?? null),
      cause: change.cause,
      note: change.note,
      latency_ms: change.latencyMs,
    }));
    await trx.insertInto("changes").values(rows).execute();
  }
}

/** Changes of Events with an id above `afterId`, oldest first. */
export async function changesAfter(
  query: Kysely<Tables>,
  { afterId, limit }: { afterId: number; limit: number },
): Promise<(Change & { readonly id: number })[]> {
  const rows = await query
    .selectFrom("changes")
    .selectAll()
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", eventKind)
    .where("id", ">", afterId)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, ...toChange(row) }));
}

/** The newest `each` changes of every Campaign and its Event, newest first, by Campaign Id. */
export async function lastChanges(
  query: Kysely<Tables>,
  campaignIds: readonly string[],
  each: number,
): Promise<Map<string, Change[]>> {
  const found = new Map<string, Change[]>();
  if (campaignIds.length === 0) return found;
  const ranked = query
    .selectFrom("changes")
    .selectAll()
    .select(sql<number>`row_number() over (partition by campaign_id order by id desc)`.as("rank"))
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", eventKind)
    .where("campaign_id", "in", campaignIds)
    .as("ranked");
  const rows = await query
    .selectFrom(ranked)
    .selectAll()
    .where("rank", "<=", each)
    .orderBy("id", "desc")
    .execute();
  for (const row of rows) {
    found.set(row.campaign_id, [...(found.get(row.campaign_id) ?? []), toChange(row)]);
  }
  return found;
}

/** Rows that one statement looks at, so that no other transaction waits long. */
const forgottenAtOnce = 1_000;

/** Forgets what was written before `beforeMs`. */
export async function purgeChanges(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  for (;;) {
    // The oldest ones come first: where those are young enough, nothing else has to be looked at.
    const oldest = await query
      .selectFrom("changes")
      .select(["id", "at"])
      .where("tenant", "=", tenantOf(query))
      .orderBy("id")
      .limit(forgottenAtOnce)
      .execute();
    const ids = oldest.filter(({ at }) => at < beforeMs).map(({ id }) => id);
    if (ids.length > 0) await query.deleteFrom("changes").where("id", "in", ids).execute();
    if (ids.length < forgottenAtOnce) return;
  }
}

function toChange(row: Selectable<Tables["changes"]>): Change {
  return {
    at: row.at,
    eventId: row.event_id,
    eventName: row.event_name,
    campaignId: row.campaign_id,
    fieldKey: row.field_key,
    fieldLabel: row.field_label,
    campaignField: row.campaign_field,
    direction: row.direction as Change["direction"],
    oldValue: readJson(row.old_value, z.unknown()),
    newValue: readJson(row.new_value, z.unknown()),
    cause: row.cause,
    note: row.note,
    latencyMs: row.latency_ms,
  };
}
