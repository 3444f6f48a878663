/** Writes the page about problems from the catalogue that the code uses. */
import type { CatalogueEntry } from "../../middleware/model/problems/entry.ts";
import { problemCatalogue } from "../../middleware/model/problems/index.ts";
import { settingEntries } from "../../middleware/model/problems/mapping-entries.ts";

const intro = `# Problems

For marketers and admins: everything that can keep a field or a link out of sync, by its code, and what to do. \`npx tsx scripts/docs-problems.ts\` writes this page from the code's table (\`middleware/model/problems\`).

A problem holds back what it is about alone: other fields and links go on. It shows on the Event in Circa, on the Campaign (\`Circa_Sync_Status__c\`, \`Circa_Sync_Message__c\`) and in \`GET /api/problems\`, with the values concerned. **It closes by itself** once its cause ends. It is tried again at once when either side or a mapping changes, and otherwise after growing delays, from a minute to six hours.`;

function section(title: string, about: string, entries: readonly [string, CatalogueEntry][]) {
  const lines = entries.map(([code, { meaning, remedy, passes }]) =>
    [
      `- \`${code}\`: ${meaning} _${remedy}_`,
      ...(passes === true ? ["It passes by itself."] : []),
    ].join(" "),
  );
  return `## ${title}\n\n${about}\n\n${lines.join("\n")}`;
}

/** The whole page, formatted as Prettier would. */
export function problemsPage(): string {
  const { links, values, salesforce, mappings } = problemCatalogue;
  const parts = [
    intro,
    section("Links and fields", "Found by comparing the two sides.", Object.entries(links)),
    section(
      "Values",
      "A value that can't be carried over stays as it is on the other side. The message names the field, the value and the limit; [values.md](values.md) has the conversions.",
      Object.entries(values),
    ),
    section(
      "Refused by Salesforce",
      "Salesforce's own codes, on the field that it names. The rest of the record is written at once.",
      Object.entries(salesforce),
    ),
    section(
      "Mappings",
      "A mapping row that can't work counts as off; the others go on. `mappings.rejected` of `GET /api/status` has the reason.",
      Object.entries(mappings),
    ),
    section(
      "Settings",
      "By the setting's label. One fault switches the creation of Campaigns off; `creation.faults` of `GET /api/status` has it.",
      Object.entries(settingEntries),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}
