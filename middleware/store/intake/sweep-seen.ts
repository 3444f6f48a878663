/** Which Events and Campaigns a full comparison has met, so that it finds those that are gone. */
import type { Kysely, Transaction } from "kysely";
import { rowsPerStatement } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** @param recordIds of Events or Campaigns: the two never look alike */
export async function markSeen(
  trx: Transaction<Tables>,
  runId: number,
  recordIds: readonly string[],
): Promise<void> {
  for (let start = 0; start < recordIds.length; start += rowsPerStatement) {
    const rows = recordIds
      .slice(start, start + rowsPerStatement)
      .map((id) => ({ run_id: runId, record_id: id }));
    await trx
      .insertInto("sweep_seen")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["run_id", "record_id"]).doNothing())
      .execute();
  }
}

export interface UnseenLink {
  readonly eventId: string;
  readonly campaignId: string;
  /** The comparison has met the Event; then it is the Campaign that was not met. */
  readonly eventSeen: boolean;
}

/** Links after `afterEventId` of which one side was not met, in the order of their Events. */
export async function unseenLinks(
  query: Kysely<Tables>,
  runId: number,
  { afterEventId, limit }: { afterEventId: string; limit: number },
): Promise<UnseenLink[]> {
  const rows = await query
    .selectFrom("links")
    .leftJoin("sweep_seen", (join) =>
      join.on("run_id", "=", runId).onRef("sweep_seen.record_id", "=", "links.event_id"),
    )
    .select(["event_id", "campaign_id", "sweep_seen.record_id as met_event"])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", ">", afterEventId)
    .where((eb) => {
      const seen = (record: "links.event_id" | "links.campaign_id") =>
        eb.exists(
          eb
            .selectFrom("sweep_seen as met")
            .select("met.record_id")
            .where("met.run_id", "=", runId)
            .whereRef("met.record_id", "=", record),
        );
      return eb.or([eb.not(seen("links.event_id")), eb.not(seen("links.campaign_id"))]);
    })
    .orderBy("event_id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    campaignId: row.campaign_id,
    eventSeen: row.met_event !== null,
  }));
}
