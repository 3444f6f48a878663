/** Campaign's fields as describe gives them, kept until Salesforce says that they have changed. */
import type { Clock } from "../../../runtime/clock.ts";
import type { CampaignField } from "../../../model/fields.ts";
import type { CompositeBatcher } from "../connection/composite-batcher.ts";
import {
  getIfModified,
  ifModifiedSince,
  toConditional,
  type ConditionalAnswer,
} from "../connection/conditional-get.ts";
import type { SalesforceConnection } from "../connection/connection.ts";
import { campaignDescribeSchema } from "./schemas.ts";

/** Not every change of what this user sees is known to move the date: so long it is trusted. */
const keepMs = 24 * 3_600_000;

const action = "describing Campaign";
const path = "/sobjects/Campaign/describe";

export interface DescribeOptions {
  /** Read in full, whatever the date says. @default true */
  readonly anew: boolean;
}

/**
 * @param together takes the question along with others, once it is only whether something changed
 * @returns reads the fields; while nothing has changed, the very same list as before
 */
export function createCampaignDescribe(
  connection: SalesforceConnection,
  clock: Clock,
  together?: CompositeBatcher,
): (options?: DescribeOptions) => Promise<readonly CampaignField[]> {
  let kept: { fields: CampaignField[]; asOf: string | null; readAt: number } | null = null;

  const ask = async (asOf: string | null): Promise<ConditionalAnswer> => {
    if (together !== undefined && asOf !== null) {
      const part = await together.get(action, path, ifModifiedSince(asOf));
      if (part.status === 304 || part.status === 200) return toConditional(part);
      // Where a composite call takes no describe, or answers it otherwise, it is asked by itself.
    }
    return connection.run(action, (it) => getIfModified(it, path, asOf));
  };

  return async ({ anew } = { anew: true }) => {
    const usable = kept !== null && !anew && clock.now() - kept.readAt < keepMs ? kept : null;
    const answer = await ask(usable?.asOf ?? null);
    if (!answer.modified && usable !== null) return usable.fields;
    const body = answer.modified ? answer.body : null;
    const { fields } = campaignDescribeSchema.parse(body);
    kept = { fields, asOf: answer.modified ? answer.asOf : null, readAt: clock.now() };
    return fields;
  };
}
