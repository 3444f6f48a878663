/** Writes the page about problems from the catalogue that the code uses. */
import type { CatalogueEntry } from "../../middleware/model/problems/entry.ts";
import { problemCatalogue } from "../../middleware/model/problems/index.ts";
import { settingEntries } from "../../middleware/model/problems/mapping-entries.ts";

const intro = `# Problems

For marketers and admins: everything that can keep a field or a link out of sync, by its code, with its remedy. \`npx tsx scripts/generate-problems.ts\` writes this page from \`middleware/model/problems\`.

A problem holds back its own field or link alone. It shows on the Event in Circa, on the Campaign (\`Circa_Sync_Status__c\`, \`Circa_Sync_Message__c\`) and in \`GET /api/problems\`, with the values. **It closes by itself** once its cause ends. The service tries again at once when either side or a mapping changes, and otherwise after growing delays, from a minute to six hours.`;

function section(title: string, about: string, entries: readonly [string, CatalogueEntry][]) {
  const lines = entries.map(
    ([code, { meaning, remedy }]) => `- \`${code}\`: ${meaning} _${remedy}_`,
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
      "The other side keeps its value. The message names the field, the value and the limit; [values.md](values.md) has the conversions.",
      Object.entries(values),
    ),
    section(
      "Refused by Salesforce",
      "Salesforce's own codes, on the field that it names; the record's other fields are written.",
      Object.entries(salesforce),
    ),
    section(
      "Mappings",
      "A row with a problem counts as off; `mappings.rejected` of `GET /api/status` has the reason.",
      Object.entries(mappings),
    ),
    section(
      "Settings",
      "By the setting's label. One fault switches the creation of Campaigns off (`creation.faults` of `GET /api/status`).",
      Object.entries(settingEntries),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}
