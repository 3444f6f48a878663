/** Looks pairs of fields up in the value table. */
import type { CampaignField, CircaField, Direction } from "../fields.ts";
import { campaignKind } from "./campaign-kinds.ts";
import type { PairFields } from "./conversion.ts";
import { explainRefusal } from "./refusals.ts";
import { valueTable } from "./table.ts";

/**
 * Whether two fields fit by their types, and how their values are carried. Costs what its lists
 * cost: call it once per mapping (and record type, with the picklist narrowed to it), not per value.
 */
export const pairFields: PairFields = (circa, campaign) => {
  const kind = campaignKind(campaign);
  const rule = valueTable[circa.type][kind];
  return rule
    ? { allowed: true, conversion: rule.build({ circa, campaign }) }
    : { allowed: false, reason: explainRefusal(circa.type, kind) };
};

/**
 * The directions in which two fields fit by their types; empty when they don't. A conversion
 * asked the other way gives the problem `ONE_WAY`.
 */
export function fittingDirections(
  circa: Pick<CircaField, "type">,
  campaign: CampaignField,
): readonly Direction[] {
  return valueTable[circa.type][campaignKind(campaign)]?.directions ?? [];
}
