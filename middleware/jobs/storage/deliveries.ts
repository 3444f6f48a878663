/** Messages taken once: webhooks by `webhook-id`, events of the stream by EventUuid. */
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** @returns false when the message was taken before */
export async function takeDelivery(
  trx: Transaction<Tables>,
  connection: string,
  messageId: string,
  nowMs: number,
): Promise<boolean> {
  const taken = await trx
    .insertInto("deliveries")
    .values({ connection, message_id: messageId, at: nowMs })
    .onConflict((conflict) => conflict.columns(["connection", "message_id"]).doNothing())
    .executeTakeFirst();
  return taken.numInsertedOrUpdatedRows === 1n;
}

/** Forgets messages taken before `beforeMs`. */
export async function forgetDeliveries(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  await query.deleteFrom("deliveries").where("at", "<", beforeMs).execute();
}
