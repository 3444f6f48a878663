/** How often a field was reverted in a row, because something gave it another value each time. */
import type { Kysely, Transaction } from "kysely";
import { inStatements } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface Revert {
  readonly linkId: string;
  readonly fieldKey: string;
  readonly target: "campaign" | "event";
  /** JSON of what was written. */
  readonly value: string;
  /** Times in a row. */
  readonly count: number;
  /** Milliseconds since the epoch, as `lastAt`. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** @param kind of link, as below */
export async function revertsOf(
  query: Kysely<Tables>,
  kind: string,
  linkIds: readonly string[],
): Promise<Revert[]> {
  if (linkIds.length === 0) return [];
  const rows = await query
    .selectFrom("reverts")
    .selectAll()
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", kind)
    .where("link_id", "in", linkIds)
    .execute();
  return rows.map((row) => ({
    linkId: row.link_id,
    fieldKey: row.field_key,
    target: row.target as Revert["target"],
    value: row.value,
    count: row.count,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }));
}

/** Replaces those of the same field and target, and deletes all that are from before `sinceMs`. */
export async function saveReverts(
  trx: Transaction<Tables>,
  kind: string,
  reverts: readonly Revert[],
  sinceMs: number,
): Promise<void> {
  if (reverts.length === 0) return;
  await trx
    .deleteFrom("reverts")
    .where("tenant", "=", tenantOf(trx))
    .where("last_at", "<", sinceMs)
    .execute();
  for (const some of inStatements(reverts)) {
    const rows = some.map((rewrite) => ({
      tenant: tenantOf(trx),
      kind,
      link_id: rewrite.linkId,
      field_key: rewrite.fieldKey,
      target: rewrite.target,
      value: rewrite.value,
      count: rewrite.count,
      first_at: rewrite.firstAt,
      last_at: rewrite.lastAt,
    }));
    await trx
      .insertInto("reverts")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(["tenant", "kind", "link_id", "field_key", "target"])
          .doUpdateSet((eb) => ({
            value: eb.ref("excluded.value"),
            count: eb.ref("excluded.count"),
            first_at: eb.ref("excluded.first_at"),
            last_at: eb.ref("excluded.last_at"),
          })),
      )
      .execute();
  }
}
