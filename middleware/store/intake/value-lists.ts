/** The picklists as they were seen last, so that a value that is taken away is missed. */
import type { Kysely } from "kysely";
import { z } from "zod";
import type { KeptList } from "../../model/picklists.ts";
import type { Database } from "../database/database.ts";
import { readJson } from "../database/json-column.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

const listed = z.object({ value: z.string(), label: z.string() });
const offeredSchema = z.array(listed);
const removedSchema = z.array(listed.extend({ successor: z.string().nullable() }));

export async function keptLists(query: Kysely<Tables>): Promise<Map<string, KeptList>> {
  const rows = await query
    .selectFrom("value_lists")
    .select(["list_key", "offered", "removed"])
    .where("tenant", "=", tenantOf(query))
    .execute();
  const lists = rows.flatMap((row): [string, KeptList][] => {
    const offered = readJson(row.offered, offeredSchema);
    const removed = readJson(row.removed, removedSchema);
    return offered === null || removed === null ? [] : [[row.list_key, { offered, removed }]];
  });
  return new Map(lists);
}

export function keepLists(
  database: Database,
  lists: ReadonlyMap<string, KeptList>,
  nowMs: number,
): Promise<void> {
  return database.write(async (trx) => {
    for (const [key, { offered, removed }] of lists) {
      const values = {
        offered: JSON.stringify(offered),
        removed: JSON.stringify(removed),
        at: nowMs,
      };
      await trx
        .insertInto("value_lists")
        .values({ tenant: tenantOf(trx), list_key: key, ...values })
        .onConflict((conflict) => conflict.columns(["tenant", "list_key"]).doUpdateSet(values))
        .execute();
    }
  });
}
