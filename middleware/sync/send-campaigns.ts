/** One composite call with the writes of many Campaigns, of which one may make it fail. */
import { SystemError } from "../errors.ts";
import type { AtStep } from "../steps.ts";
import type { SalesforceClient, WriteResult } from "../systems/salesforce/client.ts";
import type { OneAtATime } from "./one-at-a-time.ts";

export interface SendParts {
  readonly salesforce: Pick<SalesforceClient, "updateCampaigns">;
  readonly campaignWrites: OneAtATime;
  readonly atStep: AtStep;
}

interface CampaignRecord {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Enough to find one record among a batch, and few while none goes through. */
const maxCalls = 20;

/**
 * A whole call that fails is every record's own error: each link is tried again by itself. Where
 * one record may make it fail, that one is found by halves, and the others are written.
 * @returns by the records' places
 */
export async function sendCampaigns(
  parts: SendParts,
  records: readonly CampaignRecord[],
  left = { calls: maxCalls },
): Promise<(WriteResult | SystemError)[]> {
  const { salesforce, campaignWrites, atStep } = parts;
  left.calls -= 1;
  try {
    atStep("campaign_writes_sending");
    const ids = records.map(({ id }) => id);
    const results = await campaignWrites.run(ids, () => salesforce.updateCampaigns(records));
    atStep("campaign_writes_answered");
    return results;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const mayBeOfOne = error.status === 500 && !error.systemWide;
    if (!mayBeOfOne || records.length === 1 || left.calls <= 0) return records.map(() => error);
    const middle = Math.ceil(records.length / 2);
    const first = await sendCampaigns(parts, records.slice(0, middle), left);
    return [...first, ...(await sendCampaigns(parts, records.slice(middle), left))];
  }
}
