/** One pair of fields with short ways to carry values over, for table-driven tests. */
import type { CampaignField, CircaField } from "../../../middleware/model/fields.ts";
import type { Converted, ValueContext } from "../../../middleware/sync/values/conversion.ts";
import { pairFields } from "../../../middleware/sync/values/table/pairing.ts";
import { aCampaignField, aCircaField, aContext } from "./fields.ts";
import { linesOf } from "../worded.ts";

export interface Carried {
  /** The value that is written, or the code of the problem as `{problem}`. */
  toCampaign(value: unknown, context?: Partial<ValueContext>): unknown;
  toCirca(value: unknown, context?: Partial<ValueContext>): unknown;
  equal(circa: unknown, campaign: unknown, context?: Partial<ValueContext>): boolean;
  /** Message and hint of the problem that a value sent to the Campaign makes. */
  words(value: unknown, context?: Partial<ValueContext>): string;
}

const outcome = (result: Converted): unknown =>
  result.ok ? result.value : { problem: result.problem.code };

/** @throws when the pair is refused. */
export function carrying(circa: Partial<CircaField>, campaign: Partial<CampaignField>): Carried {
  const pairing = pairFields(aCircaField(circa), aCampaignField(campaign));
  if (!pairing.allowed) throw new Error(pairing.reason);
  const { conversion } = pairing;
  return {
    toCampaign: (value, context) => outcome(conversion.toCampaign(value, aContext(context))),
    toCirca: (value, context) => outcome(conversion.toCirca(value, aContext(context))),
    equal: (a, b, context) => conversion.equal(a, b, aContext(context)),
    words: (value, context) => {
      const result = conversion.toCampaign(value, aContext(context));
      return result.ok ? "" : linesOf(result.problem);
    },
  };
}
