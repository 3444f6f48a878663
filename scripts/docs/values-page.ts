/** Writes the page about values from the table that the code uses. */
import { campaignKinds, type CampaignKind } from "../../middleware/model/campaign-kinds.ts";
import {
  circaFieldTypes,
  circaTypes,
  type CircaFieldType,
} from "../../middleware/model/circa-types.ts";
import { both, type Rule } from "../../middleware/sync/values/table/rules.ts";
import { valueTable } from "../../middleware/sync/values/table/table.ts";

const kinds = Object.keys(campaignKinds) as CampaignKind[];
const shownTypes = circaFieldTypes.filter((type) => type !== "UNKNOWN");

/** Campaign types that often fit together, under one name. */
const groups: Readonly<Record<string, readonly CampaignKind[]>> = {
  texts: ["string", "textarea", "combobox"],
  numbers: ["double", "int", "currency", "percent"],
};

const intro = `# Values

For admins who map fields. \`npx tsx scripts/generate-values.ts\` writes this page from the code's table.

A value that can't be carried stays as it is on the other side and becomes a [problem](problems.md#values). The other fields go through.`;

const rest = `## What Salesforce works out

Formulas over other records or the date, roll-ups and totals of a hierarchy change unannounced. Where one is mapped FROM Salesforce, the Event follows within the hour, and at once after an edit of the Campaign itself.

## Assumptions

Circa's public API does not settle these; where a workspace differs, values become problems.

- A date comes as \`YYYY-MM-DD\` or as a moment in UTC, and is written as \`YYYY-MM-DD\`.
- A time is \`HH:mm\` without a date, or a moment.
- A percentage is a plain number: 12.5 is 12.5 %.
- A person is an object with an \`email\`, or an address, which is written.
- With options from Salesforce, Events hold the stored value, not its label.
- Rich text is compared by what it shows: Salesforce rewrites it.`;

function campaignNames(fitting: readonly CampaignKind[]): string {
  const grouped = Object.entries(groups).filter(([, group]) =>
    group.every((kind) => fitting.includes(kind)),
  );
  const single = fitting.filter((kind) => !grouped.some(([, group]) => group.includes(kind)));
  return [...grouped.map(([name]) => name), ...single.map((kind) => campaignKinds[kind])].join(
    ", ",
  );
}

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
  const legend = Object.entries(groups).map(
    ([name, group]) => `_${name}_ are ${group.map((kind) => campaignKinds[kind]).join(", ")}`,
  );
  return `## Which fields fit

Circa's types with the Campaign types that fit, after TO and FROM in that direction alone; ${legend.join("; ")}. All else is refused: the mapping page says why, and what to map instead.

${lines.join("\n")}`;
}

type Row = readonly [string, string, string, string];

/** A table as Prettier formats it. */
function table(rows: readonly Row[]): string {
  const widths = ([0, 1, 2, 3] as const).map((at) =>
    Math.max(...rows.map((row) => row[at].length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head, ...body] = rows.map((row) =>
    line(row.map((cell, at) => cell.padEnd(widths[at] ?? 0))),
  );
  return [head, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}

function rules(): string {
  const used = new Set<Rule>(
    shownTypes.flatMap((type) => kinds.flatMap((kind) => valueTable[type][kind] ?? [])),
  );
  const rows = [...used].map(
    ({ title, toCampaign = "", toCirca = "", equal = "" }): Row => [
      title,
      toCampaign,
      toCirca,
      equal,
    ],
  );
  return `## What happens to the values

Both sides are in sync when the value is there that would be written, or as the last column says. Days and times are those of the Event's own time zone; e-mail addresses count in any case, picklist values by what is stored. The plain words of a rich text are a line per paragraph, list items with a dash or number, addresses and alternative texts in brackets.

${table([["Circa's and the Campaign's type", "to Salesforce", "from Salesforce", "in sync"], ...rows])}`;
}

/** The whole page, formatted as Prettier would. */
export function valuesPage(): string {
  return `${[intro, fits(), rules(), rest].join("\n\n")}\n`;
}
