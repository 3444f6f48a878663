/** Writes the page about values from the table that the code uses. */
import { circaFieldTypes, type CircaFieldType } from "../../middleware/model/fields.ts";
import {
  campaignKinds,
  type CampaignKind,
} from "../../middleware/sync/values/table/campaign-kinds.ts";
import { valueEntries } from "../../middleware/model/problems/value-entries.ts";
import {
  explainRefusal,
  neverFits,
  specialReasons,
} from "../../middleware/sync/values/table/refusals.ts";
import type { Rule } from "../../middleware/sync/values/table/rules.ts";
import { circaTypeNames, valueTable } from "../../middleware/sync/values/table/table.ts";
import { markdownTable } from "./markdown-table.ts";

const kinds = Object.keys(campaignKinds) as CampaignKind[];
const shownTypes = circaFieldTypes.filter((type) => type !== "UNKNOWN");

const intro = `# Values

Which Circa field can be mapped to which Campaign field, and what happens to the values. This page is generated from the table that the code uses (\`middleware/sync/values/table/table.ts\`) by \`npx tsx scripts/docs-values.ts\`; a test fails when it is out of date.`;

const assumptions = `## Assumptions

Circa's public API does not settle these; where a workspace differs, the values become problems, not damage.

- A date may come as \`YYYY-MM-DD\` or as a moment in UTC; a moment is read in the Event's own time zone. Dates are written as \`YYYY-MM-DD\`.
- A time is a time of day, \`HH:mm\`, without a date; a moment counts with its local time of day.
- A percentage is a plain number of percent on both sides: 12.5 is 12.5 %.
- A person is an object with an \`email\`, or an e-mail address; it is written as an e-mail address.
- Where options were taken over from Salesforce, Events hold the stored value, not its label.
- Salesforce's editors and its sanitiser rewrite rich text in ways that are only partly documented, so rich text is compared by what it shows.`;

function direction(rule: Rule | undefined): string {
  if (!rule) return "";
  if (rule.directions.length > 1) return "both";
  return rule.directions[0] === "to_salesforce" ? "TO" : "FROM";
}

function matrix(): string {
  const header = ["Campaign \\ Circa", ...shownTypes.map((type) => circaTypeNames[type])];
  const rows = kinds.map((kind) => [
    campaignKinds[kind],
    ...shownTypes.map((type) => direction(valueTable[type][kind])),
  ]);
  return `## Which fields fit

**both**: either direction. **TO**, **FROM**: that direction only (to or from Salesforce). Nothing: refused when the mapping is checked.

${markdownTable([header, ...rows])}`;
}

/** The pairs of a rule, in words. */
function pairsOf(rule: Rule): string {
  const byType = shownTypes.flatMap((type) => {
    const fitting = kinds.filter((kind) => valueTable[type][kind] === rule);
    const names = fitting.map((kind) => campaignKinds[kind]).join(", ");
    return fitting.length > 0 ? [`Circa ${circaTypeNames[type]} with Campaign ${names}`] : [];
  });
  return byType.join("; ");
}

function ruleSections(): string {
  const used = new Set<Rule>(
    shownTypes.flatMap((type) => kinds.flatMap((kind) => valueTable[type][kind] ?? [])),
  );
  const sections = [...used].map(
    (rule) => `### ${rule.title}

${pairsOf(rule)}.

- To Salesforce: ${rule.toCampaign}
- From Salesforce: ${rule.toCirca}
- Equal: ${rule.equal}`,
  );
  return `## What each pair does\n\n${sections.join("\n\n")}`;
}

function refusals(): string {
  const never = (Object.keys(neverFits) as CampaignKind[]).map(
    (kind) => `- **${campaignKinds[kind]}**: ${neverFits[kind] ?? ""}.`,
  );
  const special = Object.keys(specialReasons).map((pair) => {
    const [type, kind] = pair.split(" ") as [CircaFieldType, CampaignKind];
    return `- ${explainRefusal(type, kind)}`;
  });
  return `## What is refused, and why

An admin who chooses a pair that doesn't fit reads why, and which types fit, for example: "${explainRefusal("DATE", "boolean")}"

Campaign fields that fit nothing:

${never.join("\n")}

Pairs that look as if they should fit:

${special.join("\n")}
- ${explainRefusal("UNKNOWN", "string")}

## What Salesforce works out

A formula over other records or over the date, a roll-up and a total of a hierarchy change without an edit of the Campaign, and no message tells of it. Where such a field is mapped FROM Salesforce, every sweep compares all connected Campaigns, so that the Event follows within the hour. An edit of the Campaign itself brings it at once.`;
}

function problemTable(): string {
  const rows = Object.entries(valueEntries).map(([code, { meaning }]) => [`\`${code}\``, meaning]);
  return `## Problems

A value that can't be carried is left as it is on the other side and becomes a problem, which names the field, the value (its first 80 characters), the rule and what to do. The other fields go through.

${markdownTable([["Code", "Rule"], ...rows])}`;
}

/** The whole page, formatted as Prettier would. */
export function valuesPage(): string {
  const parts = [intro, matrix(), ruleSections(), refusals(), problemTable(), assumptions];
  return `${parts.join("\n\n")}\n`;
}
