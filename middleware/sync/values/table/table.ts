/** The value table with its rules. Whatever is not in it is refused. */
import type { CampaignKind } from "../../../model/campaign-kinds.ts";
import {
  circaFieldTypes,
  circaTypes,
  type CircaFieldType,
  type RuleName,
} from "../../../model/circa-types.ts";
import { choiceRules } from "./rules-of-choice.ts";
import { plainRules, type Rule } from "./rules.ts";

type Row = Readonly<Partial<Record<CampaignKind, Rule>>>;

const rules: Readonly<Record<RuleName, Rule>> = { ...plainRules, ...choiceRules };

function rowOf(type: CircaFieldType): Row {
  const fits = Object.entries(circaTypes[type].fits) as [RuleName, readonly CampaignKind[]][];
  return Object.fromEntries(
    fits.flatMap(([rule, kinds]) => kinds.map((kind) => [kind, rules[rule]])),
  );
}

export const valueTable = Object.fromEntries(
  circaFieldTypes.map((type) => [type, rowOf(type)]),
) as Readonly<Record<CircaFieldType, Row>>;
