/** Writes the page about problems from the catalogue that the code uses. */
import type { CatalogueEntry } from "../../middleware/model/problems/entries/entry.ts";
import { problemCatalogue } from "../../middleware/model/problems/index.ts";
import { settingEntries } from "../../middleware/model/problems/entries/mapping.ts";

const intro = `# Problems

For marketers and admins: what can keep a field or a link out of sync, with its remedy. \`npx tsx scripts/generate-problems.ts\` writes this page.

A problem holds back its own field or link alone. It shows on the Event, on the Campaign and in \`GET /api/problems\`, with the values. **It closes by itself** once its cause ends. The service tries again when either side or a mapping changes, else after a minute to six hours.`;

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
    section("Links and fields", "Found by comparing both sides.", Object.entries(links)),
    section(
      "Values",
      "The other side keeps its value; [values.md](values.md) has the conversions.",
      Object.entries(values),
    ),
    section(
      "Refused by Salesforce",
      "Salesforce's own codes; the record's other fields are written.",
      Object.entries(salesforce),
    ),
    section("Mappings", "A row with a problem counts as off.", Object.entries(mappings)),
    section(
      "Settings",
      "By the setting's label. One fault switches the creation of Campaigns off.",
      Object.entries(settingEntries),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}
