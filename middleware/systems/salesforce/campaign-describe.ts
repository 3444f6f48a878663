/** Campaign's fields as describe gives them, kept until Salesforce says that they have changed. */
import type { Clock } from "../../clock.ts";
import type { CampaignField } from "../../sync/fields.ts";
import { getIfModified } from "./conditional-get.ts";
import type { SalesforceConnection } from "./connection.ts";
import { campaignDescribeSchema } from "./schemas.ts";

/** Not every change of what this user sees is known to move the date: so long it is trusted. */
const keepMs = 24 * 3_600_000;

export interface DescribeOptions {
  /** Read in full, whatever the date says. @default true */
  readonly anew: boolean;
}

/**
 * @returns reads the fields; while nothing has changed, the very same list as before
 */
export function createCampaignDescribe(
  connection: SalesforceConnection,
  clock: Clock,
): (options?: DescribeOptions) => Promise<readonly CampaignField[]> {
  let kept: { fields: CampaignField[]; asOf: string | null; readAt: number } | null = null;

  return async ({ anew } = { anew: true }) => {
    const usable = kept !== null && !anew && clock.now() - kept.readAt < keepMs ? kept : null;
    const answer = await connection.run("describing Campaign", (it) =>
      getIfModified(it, "/sobjects/Campaign/describe", usable?.asOf ?? null),
    );
    if (!answer.modified && usable !== null) return usable.fields;
    const body = answer.modified ? answer.body : null;
    const { fields } = campaignDescribeSchema.parse(body);
    kept = { fields, asOf: answer.modified ? answer.asOf : null, readAt: clock.now() };
    return fields;
  };
}
