/** Looks pairs of fields up in the value table. */
import type { CampaignField, CircaField, Direction } from "../../../model/fields.ts";
import { campaignKind } from "./campaign-kind.ts";
import type { PairFields } from "../conversion.ts";
import { explainDirection, explainRefusal } from "./refusals.ts";
import { valueTable } from "./table.ts";

/**
 * Whether two fields fit by their types, and how their values are carried. Costs what its lists
 * cost: call it once per mapping (and record type, with the picklist narrowed to it), not per value.
 * `removed`: values that the picklist offered once, with the labels they had.
 */
export const pairFields: PairFields = (circa, campaign, removed = []) => {
  const kind = campaignKind(campaign);
  const rule = valueTable[circa.type][kind];
  return rule
    ? { allowed: true, conversion: rule.build({ circa, campaign, removed }) }
    : { allowed: false, reason: explainRefusal(circa.type, kind) };
};

/**
 * Why two fields can't be mapped in a direction, in words for the admin who chose them; null when
 * they can. Judges types only: read-only fields are the mapping's business.
 */
export function refusalOf(
  circa: Pick<CircaField, "type">,
  campaign: CampaignField,
  direction: Direction,
): string | null {
  const kind = campaignKind(campaign);
  const rule = valueTable[circa.type][kind];
  if (!rule) return explainRefusal(circa.type, kind);
  if (rule.directions.includes(direction)) return null;
  return explainDirection([circa.type, kind], rule, direction);
}
