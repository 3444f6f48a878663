/** When an immediate path was known to be down: what a sweep finds from then has its cause. */
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** `middleware`: no node ran. `stream`: Salesforce no longer keeps its messages. */
export type OutageKind = "middleware" | "stream";

export interface Outage {
  readonly what: OutageKind;
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
}

export async function saveOutage(
  query: Kysely<Tables>,
  { what, fromMs, untilMs }: Outage,
): Promise<void> {
  const values = { tenant: tenantOf(query), what, from_at: fromMs, until_at: untilMs };
  await query
    .insertInto("outages")
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(["tenant", "what", "from_at"]).doUpdateSet({ until_at: untilMs }),
    )
    .execute();
}

/** Those that ended at or after `sinceMs`. */
export async function outagesSince(query: Kysely<Tables>, sinceMs: number): Promise<Outage[]> {
  const rows = await query
    .selectFrom("outages")
    .selectAll()
    .where("tenant", "=", tenantOf(query))
    .where("until_at", ">=", sinceMs)
    .execute();
  return rows.map((row) => ({
    what: row.what === "stream" ? "stream" : "middleware",
    fromMs: row.from_at,
    untilMs: row.until_at,
  }));
}

export async function purgeOutages(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  await query
    .deleteFrom("outages")
    .where("tenant", "=", tenantOf(query))
    .where("until_at", "<", beforeMs)
    .execute();
}
