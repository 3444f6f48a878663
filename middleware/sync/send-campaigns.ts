/** One composite call with the writes of many Campaigns, of which one may make it fail. */
import { mayBeOneRecords, SystemError } from "../errors.ts";
import type { AtStep } from "../steps.ts";
import type { SalesforceClient, WriteResult } from "../systems/salesforce/client.ts";
import { findGivenAway, type LinkWrite } from "./given-away.ts";
import type { OneAtATime } from "./one-at-a-time.ts";

export interface SendParts {
  readonly salesforce: Pick<SalesforceClient, "campaigns" | "updateCampaigns">;
  readonly campaignWrites: OneAtATime;
  readonly atStep: AtStep;
}

interface CampaignBody {
  readonly write: LinkWrite;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Enough to find one record among a batch, and few while none goes through. */
const maxCalls = 20;

/**
 * A whole call that fails is every record's own error: each link is tried again by itself. Where
 * one record may make it fail, that one is found by halves, and the others are written.
 * @returns by the bodies' places
 */
export async function sendCampaigns(
  parts: SendParts,
  bodies: readonly CampaignBody[],
  left = { calls: maxCalls },
): Promise<(WriteResult | SystemError)[]> {
  const { salesforce, campaignWrites, atStep } = parts;
  left.calls -= 1;
  try {
    atStep("campaign_writes_sending");
    const ids = bodies.map(({ write }) => write.campaignId);
    const results = await campaignWrites.run(ids, () => writeUnlessGiven(salesforce, bodies));
    atStep("campaign_writes_answered");
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

async function writeUnlessGiven(
  salesforce: SendParts["salesforce"],
  bodies: readonly CampaignBody[],
): Promise<(WriteResult | SystemError)[]> {
  const given = await findGivenAway(
    salesforce,
    bodies.map(({ write }) => write),
  );
  const rest = bodies.filter(({ write }) => !given.has(write));
  const records = rest.map(({ write, values }) => ({ id: write.campaignId, values }));
  const results = rest.length === 0 ? [] : await salesforce.updateCampaigns(records);
  const byWrite = new Map(rest.map(({ write }, nth) => [write, results[nth]]));
  return bodies.map(({ write }) => {
    const away = given.get(write);
    if (away === "let_go") return { ok: true };
    return away ?? byWrite.get(write) ?? lacking;
  });
}

const lacking = new SystemError("salesforce", "retry", "an answer lacks a Campaign's result");
