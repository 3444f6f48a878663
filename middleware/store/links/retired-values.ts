/** Which Event holds which value that Salesforce has taken off its list. */
import { sql, type Kysely, type Transaction } from "kysely";
import { rowsPerStatement } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface RetiredValue {
  readonly eventId: string;
  readonly eventName: string;
  readonly fieldKey: string;
  readonly value: string;
}

export async function retiredValuesOf(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<RetiredValue[]> {
  if (eventIds.length === 0) return [];
  const rows = await query
    .selectFrom("retired_values_in_use")
    .select(["event_id", "event_name", "field_key", "value"])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    eventName: row.event_name,
    fieldKey: row.field_key,
    value: row.value,
  }));
}

/** Makes `held` all that these Events hold. */
export async function setRetiredValues(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
  held: readonly RetiredValue[],
): Promise<void> {
  await trx
    .deleteFrom("retired_values_in_use")
    .where("tenant", "=", tenantOf(trx))
    .where("event_id", "in", eventIds)
    .execute();
  for (let start = 0; start < held.length; start += rowsPerStatement) {
    const rows = held.slice(start, start + rowsPerStatement).map((entry) => ({
      tenant: tenantOf(trx),
      event_id: entry.eventId,
      event_name: entry.eventName,
      field_key: entry.fieldKey,
      value: entry.value,
    }));
    await trx.insertInto("retired_values_in_use").values(rows).execute();
  }
}

export interface HeldSummary {
  readonly events: number;
  /** The first Events' names, in order. */
  readonly names: readonly string[];
  /** How many Events hold each value. */
  readonly values: readonly { readonly value: string; readonly events: number }[];
}

export async function summarizeHeld(
  query: Kysely<Tables>,
  fieldKey: string,
  maxNames: number,
): Promise<HeldSummary> {
  const rows = query
    .selectFrom("retired_values_in_use")
    .where("tenant", "=", tenantOf(query))
    .where("field_key", "=", fieldKey);
  const values = await rows
    .select((eb) => ["value", eb.fn.countAll<number>().as("events")])
    .groupBy("value")
    .orderBy("events", "desc")
    .orderBy("value")
    .execute();
  const { events } = await rows
    .select((eb) => eb.fn.count<number>("event_id").distinct().as("events"))
    .executeTakeFirstOrThrow();
  const named = await rows
    .select(["event_name", "event_id"])
    .groupBy(["event_name", "event_id"])
    .orderBy(sql`lower(event_name)`)
    .orderBy("event_id")
    .limit(maxNames)
    .execute();
  return { events, names: named.map((row) => row.event_name), values };
}

/** The fields of which any Event holds such a value. */
export async function fieldsHeld(query: Kysely<Tables>): Promise<string[]> {
  const rows = await query
    .selectFrom("retired_values_in_use")
    .select("field_key")
    .distinct()
    .where("tenant", "=", tenantOf(query))
    .execute();
  return rows.map((row) => row.field_key);
}
