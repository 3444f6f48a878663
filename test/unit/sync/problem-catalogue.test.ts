import { readFileSync } from "node:fs";
import { problemCatalogue } from "../../../middleware/model/problems/index.ts";
import { settingEntries } from "../../../middleware/model/problems/mapping-entries.ts";
import { problemCodeOf } from "../../../middleware/model/problems/salesforce-entries.ts";
import { problemsPage } from "../../../scripts/docs/problems-page.ts";

const { links, values, salesforce, mappings } = problemCatalogue;
const entries = [
  ...Object.entries(links),
  ...Object.entries(values),
  ...Object.entries(salesforce),
  ...Object.entries(mappings),
  ...Object.entries(settingEntries),
];

test("docs/problems.md is what scripts/docs-problems.ts writes", () => {
  expect(readFileSync("docs/problems.md", "utf8")).toBe(problemsPage());
});

test.each(entries)("%s says what it means and what to do, in sentences", (_code, entry) => {
  expect(entry.meaning).toMatch(/^[A-Z"].+\.$/);
  expect(entry.remedy).toMatch(/^[A-Z"].+\.$/);
});

test("no code stands for two things", () => {
  const codes = entries.map(([code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

test("a code of Salesforce that is not explained here becomes the general one", () => {
  expect(problemCodeOf("STRING_TOO_LONG")).toBe("STRING_TOO_LONG");
  expect(problemCodeOf("A_CODE_OF_NEXT_YEAR")).toBe("REFUSED_BY_SALESFORCE");
});
