/** What the button "Sync now" on a Campaign does. */
import type { RunningSync } from "./running-sync.ts";

export async function syncNow(
  { salesforce }: Pick<RunningSync, "salesforce">,
  ...campaignIds: readonly string[]
): Promise<void> {
  const path = `/services/data/v${salesforce.apiVersion}/sobjects/Circa_Sync_Signal__e`;
  const answer = await fetch(salesforce.url + path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${salesforce.person.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      Kind__c: "sync_requested",
      Campaign_Ids__c: JSON.stringify(campaignIds),
    }),
  });
  if (!answer.ok) throw new Error(`Sync now: HTTP ${answer.status}: ${await answer.text()}`);
}
