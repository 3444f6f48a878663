/** One composite call with the writes of many Campaigns, of which one may make it fail. */
import type { WriteResult } from "../../systems/salesforce/campaigns/schemas.ts";
import type { Clock } from "../../runtime/clock.ts";
import { mayBeOneRecords, SystemError } from "../../runtime/errors.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import { findMoved, type LinkWrite } from "./moved-campaigns.ts";
import type { RecordMutex } from "./record-mutex.ts";

export interface SendParts {
  readonly salesforce: Pick<SalesforceClient, "campaigns" | "updateCampaigns">;
  readonly campaignWrites: RecordMutex;
  readonly onFailpoint: OnFailpoint;
  readonly clock: Pick<Clock, "elapsedMs">;
}

interface CampaignBody {
  readonly write: LinkWrite;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Enough to find one record among a batch, and few while none goes through. */
const maxCalls = 20;

/**
 * A whole call that fails is every record's own error: each link is retried by itself. Where
 * one record may make it fail, that one is found by halves, and the others are written.
 * @returns by the bodies' places
 */
export async function sendCampaigns(
  parts: SendParts,
  bodies: readonly CampaignBody[],
  left = { calls: maxCalls },
): Promise<(WriteResult | SystemError)[]> {
  const { campaignWrites, onFailpoint } = parts;
  left.calls -= 1;
  try {
    onFailpoint("campaign_writes_sending");
    const ids = bodies.map(({ write }) => write.campaignId);
    const results = await campaignWrites.run(ids, () => writeUnlessMoved(parts, bodies));
    onFailpoint("campaign_writes_answered");
    return results;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    if (!mayBeOneRecords(error) || bodies.length === 1 || left.calls <= 0)
      return bodies.map(() => error);
    const middle = Math.ceil(bodies.length / 2);
    const first = await sendCampaigns(parts, bodies.slice(0, middle), left);
    return [...first, ...(await sendCampaigns(parts, bodies.slice(middle), left))];
  }
}

async function writeUnlessMoved(
  parts: SendParts,
  bodies: readonly CampaignBody[],
): Promise<(WriteResult | SystemError)[]> {
  const moved = await findMoved(
    parts,
    bodies.map(({ write }) => write),
  );
  const rest = bodies.filter(({ write }) => !moved.has(write));
  const records = rest.map(({ write, values }) => ({ id: write.campaignId, values }));
  const results = rest.length === 0 ? [] : await parts.salesforce.updateCampaigns(records);
  const byWrite = new Map(rest.map(({ write }, nth) => [write, results[nth]]));
  return bodies.map(({ write }) => {
    const verdict = moved.get(write);
    if (verdict === "let_go") return { ok: true };
    return verdict ?? byWrite.get(write) ?? lacking;
  });
}

const lacking = new SystemError("salesforce", "retry", "an answer lacks a Campaign's result");
