/** What one of several processes has for a time, by name. */
import { sql } from "kysely";
import type { Database } from "../database/database.ts";
import { storeTime } from "../database/engine.ts";
import { tenantOf } from "../database/tenant.ts";

export interface LeaseTaken {
  readonly name: string;
  readonly owner: string;
  /** How long it lasts unless it is taken again. */
  readonly termMs: number;
  /** How long others may have it. @default `termMs` */
  readonly maxTermMs?: number;
  readonly nowMs: number;
}

/**
 * Takes it, or takes it again; a time beyond any term is of a clock that has gone back.
 * @returns false when another owner has it
 */
export async function takeLease(
  database: Database,
  { name, owner, termMs, maxTermMs = termMs, nowMs }: LeaseTaken,
): Promise<boolean> {
  const now = storeTime(database.query, nowMs);
  const until = sql<number>`${now} + ${termMs}`;
  const taken = await database.query
    .insertInto("leases")
    .values({ tenant: tenantOf(database.query), name, owner, until })
    .onConflict((conflict) =>
      conflict
        .columns(["tenant", "name"])
        .doUpdateSet({ owner, until })
        .where((eb) =>
          eb.or([
            eb("leases.owner", "=", owner),
            eb("leases.until", "<=", now),
            eb("leases.until", ">", sql<number>`${now} + ${2 * maxTermMs}`),
          ]),
        ),
    )
    .returning("owner")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives back those of them that `owner` has. */
export async function releaseLeases(
  database: Database,
  { names, owner }: { readonly names: readonly string[]; readonly owner: string },
): Promise<void> {
  await database.query
    .deleteFrom("leases")
    .where("tenant", "=", tenantOf(database.query))
    .where("name", "in", names)
    .where("owner", "=", owner)
    .execute();
}
