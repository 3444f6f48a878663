/** Changes of a pass that Salesforce's screens show, marked in the transaction that ends it. */
import type { Transaction } from "kysely";
import { markRowsOfSeveral, requestedCampaigns } from "../../store/ui/ui-projection.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { LinkTask } from "../plan/link-task.ts";

/** @param movedProblems the tasks whose problems were opened, seen again or closed */
export async function markAfterPass(
  trx: Transaction<Tables>,
  connection: string,
  tasks: readonly LinkTask[],
  movedProblems: ReadonlySet<LinkTask>,
): Promise<void> {
  const events = tasks.map(({ eventId }) => eventId);
  const changed = tasks.filter((work) => movedProblems.has(work) || hasMoved(work));
  const campaigns = new Set(changed.flatMap(campaignsOf));
  const others = tasks.flatMap(campaignsOf).filter((id) => !campaigns.has(id));
  const asked = await requestedCampaigns(trx, connection, others);
  await markRowsOfSeveral(trx, connection, [
    ["event", events],
    ["link", [...campaigns, ...asked]],
  ]);
}

function hasMoved(work: LinkTask): boolean {
  // A link that can't be finished shows that once, with its first failure.
  if (work.error !== undefined) return work.due.attempts === 0;
  const wrote = work.written.length > 0 || work.confirmedEarlier.length > 0;
  if (work.planned && work.plan.heldBlanks.length !== work.held.size) return true;
  return wrote || (work.known?.campaignId ?? null) !== (work.link.campaign?.id ?? null);
}

/** The one it has now, and the one it had. */
function campaignsOf({ known, link }: LinkTask): string[] {
  return [known?.campaignId, link.campaign?.id].filter((id) => id !== undefined);
}
