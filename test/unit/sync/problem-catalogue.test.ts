import { readFileSync } from "node:fs";
import { problemCatalogue } from "../../../middleware/model/problems/index.ts";
import { settingEntries } from "../../../middleware/model/problems/entries/mapping.ts";
import { problemCodeOf } from "../../../middleware/model/problems/entries/salesforce.ts";
import { generatedFromProblems } from "../../../scripts/problems/generated.ts";

const { links, values, salesforce, mappings } = problemCatalogue;
const entries = [
  ...Object.entries(links),
  ...Object.entries(values),
  ...Object.entries(salesforce),
  ...Object.entries(mappings),
  ...Object.entries(settingEntries),
];

test.each(Object.entries(generatedFromProblems))(
  "%s is what npx tsx scripts/generate-problems.ts writes",
  (file, generate) => {
    const current = readFileSync(file, "utf8");
    expect(current).toBe(generate(current));
  },
);

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
