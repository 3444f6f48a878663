/** Messages taken once: webhooks by `webhook-id`, events of the stream by EventUuid. */
import type { Kysely, Transaction } from "kysely";
import { inLockOrder, inStatements } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** @returns the messages that were not taken before, each once, in their order */
export async function takeDeliveries<Message>(
  trx: Transaction<Tables>,
  messages: readonly Message[],
  idOf: (message: Message) => string,
  nowMs: number,
): Promise<Message[]> {
  const taken = new Set<string>();
  for (const ids of inStatements(inLockOrder(messages.map(idOf)))) {
    const rows = await trx
      .insertInto("deliveries")
      .values(ids.map((id) => ({ tenant: tenantOf(trx), message_id: id, at: nowMs })))
      .onConflict((conflict) => conflict.columns(["tenant", "message_id"]).doNothing())
      .returning("message_id")
      .execute();
    for (const row of rows) taken.add(row.message_id);
  }
  // One that comes twice counts where it came first.
  return messages.filter((message) => taken.delete(idOf(message)));
}

/** So few that it is not noticed: the embedded database does nothing else meanwhile. */
const forgottenAtOnce = 1_000;

/**
 * Forgets messages taken before `beforeMs`, some at a time.
 * @param pause between two times, for whatever else waits
 */
export async function purgeDeliveries(
  query: Kysely<Tables>,
  beforeMs: number,
  pause: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const old = await query
      .selectFrom("deliveries")
      .select("message_id")
      .where("tenant", "=", tenantOf(query))
      .where("at", "<", beforeMs)
      .orderBy("at")
      .limit(forgottenAtOnce)
      .execute();
    const ids = old.map((row) => row.message_id);
    if (ids.length > 0) {
      await query
        .deleteFrom("deliveries")
        .where("tenant", "=", tenantOf(query))
        .where("message_id", "in", ids)
        .execute();
    }
    if (ids.length < forgottenAtOnce) return;
    await pause();
  }
}
