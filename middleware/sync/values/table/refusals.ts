/** Why a pair of types is refused, and what to map instead. */
import { campaignKinds, type CampaignKind } from "../../../model/campaign-kinds.ts";
import { circaTypes, type CircaFieldType } from "../../../model/circa-types.ts";
import type { Direction } from "../../../model/fields.ts";
import type { Rule } from "./rules.ts";
import { valueTable } from "./table.ts";

/** Campaign types that fit nothing, whatever the Circa field is. */
const neverFits: Readonly<Partial<Record<CampaignKind, string>>> = {
  lookup:
    "A lookup holds the Id of another record, which says nothing outside Salesforce. Add a formula field that shows the record's name, and map that one FROM Salesforce",
  id: "A record Id says nothing outside Salesforce, and the connected Campaign is kept already. Map the Campaign's name, or a formula field",
  anyType: "Its type changes from record to record. Map a field of a fixed type",
  encryptedstring:
    "Salesforce may give encrypted text masked, which would replace the real text. Map a field that is not of the type Text (Encrypted)",
  location: "It holds two numbers in one. Map its latitude and its longitude separately",
  address: "It holds several texts in one. Map its street, city and the like separately",
  base64: "Files are not carried. Map a URL field that links the file",
  unknown:
    "This version doesn't know how Salesforce keeps such values. Map a field of another type",
};

function oneOf(nouns: readonly string[]): string {
  if (nouns.length < 2) return nouns.join("");
  return `${nouns.slice(0, -1).join(", ")} or ${nouns.at(-1) ?? ""}`;
}

/** One or two sentences for the admin: why the types don't fit, and what to choose. */
export function explainRefusal(type: CircaFieldType, kind: CampaignKind): string {
  const circaNoun = circaTypes[type].english;
  const campaignNoun = campaignKinds[kind];
  if (type === "UNKNOWN") {
    return "Circa gives this field a type that this version doesn't know, so its values can't be carried safely. Choose another Circa field, or update Event Info Sync.";
  }
  const refusal = `Circa's ${circaNoun} can't be kept in a Campaign field of the type ${campaignNoun}`;
  const never = neverFits[kind];
  if (never !== undefined) return `${refusal}. ${never}.`;
  const because = circaTypes[type].refused?.[kind];
  const fitting = Object.keys(valueTable[type]) as CampaignKind[];
  const choose = oneOf(fitting.map((fit) => campaignKinds[fit]));
  return `${refusal}${because === undefined ? "" : `: ${because}`}. Choose one of the type ${choose}.`;
}

/** Why a rule doesn't work in a direction, for the admin who chose it. */
export function explainDirection(
  [type, kind]: readonly [CircaFieldType, CampaignKind],
  rule: Rule,
  direction: Direction,
): string {
  const [way, turned] = direction === "to_salesforce" ? ["TO", "FROM"] : ["FROM", "TO"];
  const pair = `Circa's ${circaTypes[type].english} and a Campaign field of the type ${campaignKinds[kind]}`;
  const why = rule.oneWay === undefined ? "" : `: ${rule.oneWay}`;
  return `${pair} can't be mapped ${way} Salesforce${why}. Turn the direction to ${turned} Salesforce, or choose other fields.`;
}
