/** Messages taken once: webhooks by `webhook-id`, events of the stream by EventUuid. */
import type { Kysely, Transaction } from "kysely";
import { inLockOrder, inStatements } from "./engine.ts";
import type { Tables } from "./tables.ts";

/** @returns the messages that were not taken before, each once, in their order */
export async function takeDeliveries<Message>(
  trx: Transaction<Tables>,
  connection: string,
  messages: readonly Message[],
  idOf: (message: Message) => string,
  nowMs: number,
): Promise<Message[]> {
  const taken = new Set<string>();
  for (const ids of inStatements(inLockOrder(messages.map(idOf)))) {
    const rows = await trx
      .insertInto("deliveries")
      .values(ids.map((id) => ({ connection, message_id: id, at: nowMs })))
      .onConflict((conflict) => conflict.columns(["connection", "message_id"]).doNothing())
      .returning("message_id")
      .execute();
    for (const row of rows) taken.add(row.message_id);
  }
  // One that comes twice counts where it came first.
  return messages.filter((message) => taken.delete(idOf(message)));
}

/** Forgets messages taken before `beforeMs`. */
export async function forgetDeliveries(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  await query.deleteFrom("deliveries").where("at", "<", beforeMs).execute();
}
