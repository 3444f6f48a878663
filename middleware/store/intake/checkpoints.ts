/** How far the stream and the sweeps have safely got. */
import type { Kysely, Transaction } from "kysely";
import type { Database } from "../database/database.ts";
import { lockShared } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/**
 * | name              | what it holds                                                          |
 * | ----------------- | ---------------------------------------------------------------------- |
 * | `stream`          | the last replay id whose links are due; blank: none to resume from     |
 * | `stream_gap`      | why events may have been missed, until both sides are compared         |
 * | `sweep_…`, `poll_…` | how far they have got                                                |
 * | `circa_way`       | how Circa's changes come                                               |
 * | `claim`           | this store's id and how often its claim on the pair was renewed        |
 * | `webhook_arrived` | that one came while they had something to prove                        |
 * | `webhook_fault`   | what their endpoint was last seen with                                 |
 * | `webhook_lost`    | how often in a row a sweep found one lost                              |
 * | `alive`           | when a process was last known to run                                   |
 * | `mappings_taken`  | those that some process has taken over last                            |
 * | `mappings`        | those that all links were marked due for, unless changed since         |
 * | `catalogues`      | mappings and fields as they were last believed                         |
 * | `salesforce_org`, `circa_teams` | whom we talk to                                          |
 * | `write_proof`     | nothing but that it could be written                                   |
 */
export type CheckpointName =
  | "stream"
  | "stream_gap"
  | "sweep_salesforce"
  | "sweep_circa"
  | "poll_circa"
  | "circa_way"
  | "claim"
  | "webhook_arrived"
  | "webhook_fault"
  | "webhook_lost"
  | "alive"
  | "mappings_taken"
  | "mappings"
  | "catalogues"
  | "salesforce_org"
  | "circa_teams"
  | "write_proof";

export async function readCheckpoint(
  query: Kysely<Tables>,
  name: CheckpointName,
): Promise<string | null> {
  const row = await query
    .selectFrom("checkpoints")
    .select("value")
    .where("tenant", "=", tenantOf(query))
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.value ?? null;
}

export async function writeCheckpoint(
  trx: Transaction<Tables>,
  name: CheckpointName,
  value: string,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto("checkpoints")
    .values({ tenant: tenantOf(trx), name, value, at: nowMs })
    .onConflict((conflict) =>
      conflict.columns(["tenant", "name"]).doUpdateSet({ value, at: nowMs }),
    )
    .execute();
}

export async function deleteCheckpoint(
  trx: Transaction<Tables>,
  name: CheckpointName,
): Promise<void> {
  await trx
    .deleteFrom("checkpoints")
    .where("tenant", "=", tenantOf(trx))
    .where("name", "=", name)
    .execute();
}

/** A place that was given up: nothing resumes there. */
export const noPlace = "";

/** Keeps when it was last written: until then all that came is kept. */
export async function giveUpPlace(trx: Transaction<Tables>, name: CheckpointName): Promise<void> {
  await trx
    .updateTable("checkpoints")
    .set({ value: noPlace })
    .where("tenant", "=", tenantOf(trx))
    .where("name", "=", name)
    .execute();
}

/**
 * Moves a checkpoint on from where the caller knows it to be, and holds it until the transaction
 * ends.
 * @param move `from` null: there is none yet
 * @returns false, with nothing written, when it is somewhere else
 */
export async function moveCheckpoint(
  trx: Transaction<Tables>,
  name: CheckpointName,
  { from, to }: { readonly from: string | null; readonly to: string },
  nowMs: number,
): Promise<boolean> {
  const place = { tenant: tenantOf(trx), name };
  if (from === null) {
    const added = await trx
      .insertInto("checkpoints")
      .values({ ...place, value: to, at: nowMs })
      .onConflict((conflict) => conflict.columns(["tenant", "name"]).doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  }
  const moved = await trx
    .updateTable("checkpoints")
    .set({ value: to, at: nowMs })
    .where("tenant", "=", tenantOf(trx))
    .where("name", "=", name)
    .where("value", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/**
 * The same, and no other moves it until the transaction ends; transactions that only read it don't
 * wait for each other.
 */
export async function holdCheckpoint(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  name: CheckpointName,
): Promise<string | null> {
  const select = trx
    .selectFrom("checkpoints")
    .select("value")
    .where("tenant", "=", tenantOf(trx))
    .where("name", "=", name);
  return (await lockShared(database, select).executeTakeFirst())?.value ?? null;
}

/** When it was last written; null when it never was. */
export async function checkpointTime(
  query: Kysely<Tables>,
  name: CheckpointName,
): Promise<number | null> {
  const row = await query
    .selectFrom("checkpoints")
    .select("at")
    .where("tenant", "=", tenantOf(query))
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.at ?? null;
}
