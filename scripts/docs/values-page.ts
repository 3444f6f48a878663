/** Writes the page about values from the table that the code uses. */
import { campaignKinds, type CampaignKind } from "../../middleware/model/campaign-kinds.ts";
import {
  circaFieldTypes,
  circaTypes,
  type CircaFieldType,
} from "../../middleware/model/circa-types.ts";
import type { Direction } from "../../middleware/model/fields.ts";
import { explainRefusal, neverFits } from "../../middleware/sync/values/table/refusals.ts";
import { both, type Rule } from "../../middleware/sync/values/table/rules.ts";
import { valueTable } from "../../middleware/sync/values/table/table.ts";

const kinds = Object.keys(campaignKinds) as CampaignKind[];
const shownTypes = circaFieldTypes.filter((type) => type !== "UNKNOWN");

const intro = `# Values

For admins who map fields: which Circa field fits which Campaign field, and what happens to the values. \`npx tsx scripts/generate-values.ts\` writes this page from the code's table (\`middleware/model/circa-types.ts\`).

A value that can't be carried stays as it is on the other side and becomes a [problem](problems.md#values), which names the field, the value (its first 80 characters), the rule and what to do. The other fields go through.`;

const assumptions = `## Assumptions

Circa's public API does not settle these; where a workspace differs, the values become problems, not damage.

- A date may come as \`YYYY-MM-DD\` or as a moment in UTC, which is read in the Event's own time zone. Dates are written as \`YYYY-MM-DD\`.
- A time is \`HH:mm\` without a date; a moment counts with its local time of day.
- A percentage is a plain number of percent on both sides: 12.5 is 12.5 %.
- A person is an object with an \`email\`, or an e-mail address; it is written as an e-mail address.
- Where options were taken over from Salesforce, Events hold the stored value, not its label.
- Salesforce's editors and its sanitiser rewrite rich text in ways that are documented in part, so rich text is compared by what it shows.`;

const campaignNames = (fitting: readonly CampaignKind[]) =>
  fitting.map((kind) => campaignKinds[kind]).join(", ");

/** The Campaign types of a Circa type whose rule works in just these directions. */
function fittingOnly(type: CircaFieldType, directions: Rule["directions"]): string {
  return campaignNames(
    kinds.filter((kind) => valueTable[type][kind]?.directions.join() === directions.join()),
  );
}

function fits(): string {
  const lines = shownTypes.map((type) => {
    const parts = [
      ["", fittingOnly(type, both)],
      ["TO ", fittingOnly(type, ["to_salesforce"])],
      ["FROM ", fittingOnly(type, ["from_salesforce"])],
    ];
    const shown = parts.flatMap(([way, names]) => (names === "" ? [] : [`${way}${names}`]));
    return `- **${circaTypes[type].english}**: ${shown.join("; ")}`;
  });
  return `## Which fields fit

Circa's types with the Campaign types that they fit, in either direction or, after TO and FROM, only to or only from Salesforce. All else is refused when the mapping is checked.

${lines.join("\n")}`;
}

/** The types that a rule is for, in words. */
function pairsOf(rule: Rule): string {
  const types = shownTypes.filter((type) => kinds.some((kind) => valueTable[type][kind] === rule));
  const fitting = kinds.filter((kind) => types.some((type) => valueTable[type][kind] === rule));
  return `${types.map((type) => circaTypes[type].english).join(", ")} with ${campaignNames(fitting)}`;
}

/** What a rule that works in one direction need not say: it is said once for all of them. */
const writtenText = /^(?:Circa's|The Campaign's) text is the one that would be written\.$/;

function ruleLine(rule: Rule): string {
  const goes = (direction: Direction) => rule.directions.includes(direction);
  const parts = [
    ...(goes("to_salesforce") ? [`_To:_ ${rule.toCampaign}`] : []),
    ...(goes("from_salesforce") ? [`_From:_ ${rule.toCirca}`] : []),
    ...(writtenText.test(rule.equal) ? [] : [`_Same:_ ${rule.equal}`]),
  ];
  return `- **${pairsOf(rule)}**. ${parts.join(" ")}`;
}

function rules(): string {
  const used = new Set<Rule>(
    shownTypes.flatMap((type) => kinds.flatMap((kind) => valueTable[type][kind] ?? [])),
  );
  return `## What happens to the values

Circa's types with the Campaign's; what is written to and from Salesforce; when both sides count as the same. Free text is never read as a value of a stricter type, and Circa's teams are kept in Circa, so those rules have one direction; there the text that would be written counts as the same.

${[...used].map(ruleLine).join("\n")}`;
}

function refusals(): string {
  const never = (Object.keys(neverFits) as CampaignKind[]).map(
    (kind) => `- **${campaignKinds[kind]}**: ${neverFits[kind] ?? ""}.`,
  );
  const special = shownTypes.flatMap((type) => {
    const { english, refused = {} } = circaTypes[type];
    return kinds.flatMap((kind) => {
      const reason = refused[kind];
      return reason === undefined ? [] : `- ${english} with ${campaignKinds[kind]}: ${reason}`;
    });
  });
  return `## What is refused, and why

The mapping page says why, and which types fit. Campaign fields that fit nothing:

${never.join("\n")}

Types that look as if they should fit:

${special.join("\n")}

${explainRefusal("UNKNOWN", "string")}

## What Salesforce works out

A formula over other records or over the date, a roll-up and a total of a hierarchy change without an edit of the Campaign, and nothing announces it. Where such a field is mapped FROM Salesforce, every sweep compares all connected Campaigns: the Event follows within the hour, and at once after an edit of the Campaign itself.`;
}

/** The whole page, formatted as Prettier would. */
export function valuesPage(): string {
  const parts = [intro, fits(), rules(), refusals(), assumptions];
  return `${parts.join("\n\n")}\n`;
}
