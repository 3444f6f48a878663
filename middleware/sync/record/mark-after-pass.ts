/** What a turn has changed that Salesforce's screens show, marked in the transaction that ends it. */
import type { Transaction } from "kysely";
import { markRowsOfSeveral, requestedCampaigns } from "../../store/ui/ui-projection.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { WrittenTask } from "../plan/link-task.ts";

/** @param movedProblems the tasks whose problems were opened, seen again or closed */
export async function markAfterPass(
  trx: Transaction<Tables>,
  tasks: readonly WrittenTask[],
  movedProblems: ReadonlySet<WrittenTask>,
): Promise<void> {
  const events = tasks.map(({ eventId }) => eventId);
  const changed = tasks.filter((task) => movedProblems.has(task) || hasMoved(task));
  const campaigns = new Set(changed.flatMap(campaignsOf));
  const others = tasks.flatMap(campaignsOf).filter((id) => !campaigns.has(id));
  const asked = await requestedCampaigns(trx, others);
  await markRowsOfSeveral(trx, [
    ["event", events],
    ["link", [...campaigns, ...asked]],
  ]);
}

function hasMoved(task: WrittenTask): boolean {
  // A link that can't be finished shows that once, with its first failure.
  if (task.error !== undefined) return task.due.attempts === 0;
  const wrote = task.written.length > 0 || task.confirmedEarlier.length > 0;
  if (task.context !== null && task.plan.heldBlanks.length !== task.held.size) return true;
  return wrote || (task.known?.campaignId ?? null) !== (task.link.campaign?.id ?? null);
}

/** The one it has now, and the one it had. */
function campaignsOf({ known, link }: WrittenTask): string[] {
  return [known?.campaignId, link.campaign?.id].filter((id) => id !== undefined);
}
