/** Which rows of Salesforce's own screens are out of date there. Marks are level-triggered. */
import { sql, type Kysely, type Transaction } from "kysely";
import type { Database } from "../database/database.ts";
import { inLockOrder, inStatements, lockAll, lockOrder, valueRows } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** `link` is keyed by Campaign Id, `event` by Event id, `issue` by problem key, `field` by field key. */
export const screenObjects = ["issue", "field", "event", "link"] as const;
export type ScreenObject = (typeof screenObjects)[number];

export interface DueScreenRow {
  readonly key: string;
  readonly generation: number;
  /** Fingerprint of what was written last; blank when nothing was. */
  readonly written: string;
  readonly requestId: string | null;
}

/** Marks rows as out of date, in the transaction of what made them so. */
export async function markScreenRows(
  trx: Transaction<Tables>,
  object: ScreenObject,
  keys: Iterable<string>,
): Promise<void> {
  await markRowsOfSeveral(trx, [[object, keys]]);
}

/** The same for several kinds at once; every transaction that marks several keeps their order. */
export async function markRowsOfSeveral(
  trx: Transaction<Tables>,
  marks: readonly (readonly [ScreenObject, Iterable<string>])[],
): Promise<void> {
  const all = marks.flatMap(([object, keys]) =>
    inLockOrder(keys).map((key) => ({
      tenant: tenantOf(trx),
      object,
      row_key: key,
      generation: 1,
      due: 1,
    })),
  );
  for (const rows of inStatements(all)) {
    await trx
      .insertInto("ui_projection")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(["tenant", "object", "row_key"])
          .doUpdateSet({ generation: sql<number>`ui_projection.generation + 1`, due: 1 }),
      )
      .execute();
  }
}

/** Remembers the person's request, which the next writing of these links' rows answers. */
export async function noteRequest(
  trx: Transaction<Tables>,
  campaignIds: readonly string[],
  requestId: string,
): Promise<void> {
  if (campaignIds.length === 0) return;
  const rows = inLockOrder(campaignIds).map((key) => ({
    tenant: tenantOf(trx),
    object: "link",
    row_key: key,
    generation: 1,
    due: 0,
    request_id: requestId,
  }));
  await trx
    .insertInto("ui_projection")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["tenant", "object", "row_key"]).doUpdateSet({ request_id: requestId }),
    )
    .execute();
}

/** Those of the Campaigns that a person has asked about and that were not answered yet. */
export async function requestedCampaigns(
  trx: Kysely<Tables>,
  campaignIds: readonly string[],
): Promise<string[]> {
  if (campaignIds.length === 0) return [];
  const rows = await trx
    .selectFrom("ui_projection")
    .select("row_key")
    .where("tenant", "=", tenantOf(trx))
    .where("object", "=", "link")
    .where("row_key", "in", campaignIds)
    .where("request_id", "is not", null)
    .execute();
  return rows.map((row) => row.row_key);
}

/** The keys of all rows of this object that were ever marked. */
export async function shownKeys(query: Kysely<Tables>, object: ScreenObject): Promise<string[]> {
  const rows = await query
    .selectFrom("ui_projection")
    .select("row_key")
    .where("tenant", "=", tenantOf(query))
    .where("object", "=", object)
    .execute();
  return rows.map((row) => row.row_key);
}

/** Rows to write, those that a person waits for first. */
export async function dueScreenRows(
  query: Kysely<Tables>,
  object: ScreenObject,
  limit: number,
): Promise<DueScreenRow[]> {
  const rows = await query
    .selectFrom("ui_projection")
    .select(["row_key", "generation", "written", "request_id"])
    .where("tenant", "=", tenantOf(query))
    .where("object", "=", object)
    .where("due", "=", 1)
    .orderBy(sql`case when request_id is null then 1 else 0 end`)
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    key: row.row_key,
    generation: row.generation,
    written: row.written,
    requestId: row.request_id,
  }));
}

/** Of which kinds rows are due, and whether a person waits for one of them. */
export async function dueScreenObjects(
  query: Kysely<Tables>,
): Promise<{ objects: ReadonlySet<string>; requested: boolean }> {
  const rows = await query
    .selectFrom("ui_projection")
    .select((eb) => ["object", eb.fn.count<number>("request_id").as("requested")])
    .where("tenant", "=", tenantOf(query))
    .where("due", "=", 1)
    .groupBy("object")
    .execute();
  return {
    objects: new Set(rows.map(({ object }) => object)),
    requested: rows.some(({ requested }) => requested > 0),
  };
}

/** Key, fingerprint, generation and request. */
interface SettledCells {
  column1: string;
  column2: string;
  column3: string;
  column4: string | null;
}

/** Unmarks rows that are now as they should be; one that was marked meanwhile stays due. */
export async function settleScreenRows(
  database: Pick<Database, "engine">,
  trx: Kysely<Tables>,
  object: ScreenObject,
  rows: readonly { readonly row: DueScreenRow; readonly written: string }[],
): Promise<void> {
  const keys = rows.map(({ row }) => row.key);
  const mine = { tenant: tenantOf(trx), object };
  // Every transaction locks in one order, so that no two wait for each other.
  if (database.engine === "postgres") {
    await lockAll(
      database,
      trx
        .selectFrom("ui_projection")
        .select("row_key")
        .where((eb) => eb.and(mine))
        .where("row_key", "in", keys)
        .orderBy(lockOrder(database.engine, "row_key")),
    ).execute();
  }
  for (const some of inStatements(rows)) {
    const cells = some.map(
      ({ row, written }) => [row.key, written, String(row.generation), row.requestId] as const,
    );
    await trx
      .updateTable("ui_projection")
      .from(valueRows<SettledCells>(cells).as("settled"))
      .set((eb) => ({
        written: eb.ref("settled.column2"),
        due: sql<number>`case when generation = cast(settled.column3 as integer) then 0 else 1 end`,
        request_id: sql<
          string | null
        >`case when request_id = settled.column4 then null else request_id end`,
      }))
      .where((eb) => eb.and(mine))
      .whereRef("row_key", "=", "settled.column1")
      .execute();
  }
}
