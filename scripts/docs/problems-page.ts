/** Writes the page about problems from the catalogue that the code uses. */
import type { CatalogueEntry } from "../../middleware/model/problems/entry.ts";
import { problemCatalogue } from "../../middleware/model/problems/index.ts";
import { settingEntries } from "../../middleware/model/problems/mapping-entries.ts";
import { markdownTable } from "./markdown-table.ts";

const intro = `# Problems

Everything that can keep a field or a link from being brought in line, by its code. This page is generated from the table that the code uses (\`middleware/model/problems\`) by \`npx tsx scripts/docs-problems.ts\`; a test fails when it is out of date.

A problem holds back what it is about and nothing else: the other fields of the link go through, and no link waits for another. It shows where people work: on the Event in Circa, on the Campaign (\`Circa_Sync_Status__c\`, \`Circa_Sync_Message__c\`), and in \`GET /api/problems\`, with the values concerned and what to do.

**Every problem closes by itself**, as soon as what it is about is in line. It is tried again at once when either side changes or a mapping does, and otherwise at growing intervals, from a minute to six hours.`;

function section(title: string, about: string, entries: readonly [string, CatalogueEntry][]) {
  const rows = entries.map(([code, { meaning, remedy, passes }]) => [
    `\`${code}\``,
    meaning,
    passes === true ? `${remedy} It passes by itself.` : remedy,
  ]);
  return `## ${title}\n\n${about}\n\n${markdownTable([["Code", "Meaning", "What to do"], ...rows])}`;
}

/** The whole page, formatted as Prettier would. */
export function problemsPage(): string {
  const { links, values, salesforce, mappings } = problemCatalogue;
  const parts = [
    intro,
    section("Links and fields", "Found by comparing the two sides.", Object.entries(links)),
    section(
      "Values",
      "A value that can't be carried over stays as it is on the other side. The message names the field, the value and the limit; [values.md](values.md) has the rules.",
      Object.entries(values),
    ),
    section(
      "Refused by Salesforce",
      "Salesforce's own codes, on the field that it names. The rest of the record is written at once without it.",
      Object.entries(salesforce),
    ),
    section(
      "Mappings",
      "A mapping row that can't work counts as off; the others go on. Shown in `mappings.rejected` of `GET /api/status` with the reason in words.",
      Object.entries(mappings),
    ),
    section(
      "Settings",
      "By the setting's label; one fault switches the creation of Campaigns off. Shown in `creation.faults` of `GET /api/status`.",
      Object.entries(settingEntries),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}
