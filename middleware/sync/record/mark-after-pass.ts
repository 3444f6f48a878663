/** Marks what a pass has changed that Salesforce's screens show, in the transaction that ends it. */
import type { Transaction } from "kysely";
import { markRowsOfSeveral, requestedCampaigns } from "../../store/ui/ui-projection.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { LinkRecord } from "./link-record.ts";

/** @param movedProblems the Events whose problems were opened, seen again or closed */
export async function markAfterPass(
  trx: Transaction<Tables>,
  records: readonly LinkRecord[],
  movedProblems: ReadonlySet<string>,
): Promise<void> {
  const events = records.map(({ eventId }) => eventId);
  const changed = records.filter(({ eventId, hasMoved }) => movedProblems.has(eventId) || hasMoved);
  const campaigns = new Set(changed.flatMap(({ campaignIds }) => campaignIds));
  const others = records
    .flatMap(({ campaignIds }) => campaignIds)
    .filter((id) => !campaigns.has(id));
  const asked = await requestedCampaigns(trx, others);
  await markRowsOfSeveral(trx, [
    ["event", events],
    ["link", [...campaigns, ...asked]],
  ]);
}
