import { readFileSync } from "node:fs";
import { valuesPage } from "../../../scripts/docs/values-page.ts";

test("docs/values.md is what scripts/docs-values.ts writes", () => {
  expect(readFileSync("docs/values.md", "utf8")).toBe(valuesPage());
});
