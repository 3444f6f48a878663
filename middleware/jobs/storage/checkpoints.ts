/** How far the stream and the sweeps have safely got. */
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/**
 * `stream`: the last replay id whose signals are kept. The sweeps': an instant in milliseconds.
 * `mappings`: those that all links have been signalled for. The last two: whom we talk to.
 */
export type CheckpointName =
  | "stream"
  | "sweep_salesforce"
  | "sweep_circa"
  | "poll_circa"
  | "mappings"
  | "salesforce_org"
  | "circa_teams";

export async function readCheckpoint(
  query: Kysely<Tables>,
  connection: string,
  name: CheckpointName,
): Promise<string | null> {
  const row = await query
    .selectFrom("checkpoints")
    .select("value")
    .where("connection", "=", connection)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.value ?? null;
}

export async function writeCheckpoint(
  trx: Transaction<Tables>,
  connection: string,
  name: CheckpointName,
  value: string,
  nowMs: number,
): Promise<void> {
  await trx
    .insertInto("checkpoints")
    .values({ connection, name, value, at: nowMs })
    .onConflict((conflict) =>
      conflict.columns(["connection", "name"]).doUpdateSet({ value, at: nowMs }),
    )
    .execute();
}
