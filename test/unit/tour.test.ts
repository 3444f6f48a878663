/** The tour through the code: each step is where it says, and the documents name the same files. */
import { readFileSync } from "node:fs";

const tour = JSON.parse(readFileSync(".tours/webhook-to-salesforce.tour", "utf8")) as {
  steps: { file: string; pattern: string }[];
};

test.each(tour.steps)("$file has the place that is shown", ({ file, pattern }) => {
  expect(readFileSync(file, "utf8")).toMatch(new RegExp(pattern, "m"));
});

test("from the webhook to the first byte it is at most twenty files, in the documents' order", () => {
  const files = tour.steps.slice(1).map(({ file }) => file);
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeLessThanOrEqual(20);
  const named = files.map((file) => `\`${file.replace("middleware/", "")}\``).join(", ");
  expect(readFileSync("docs/architecture.md", "utf8")).toContain(named);
});
