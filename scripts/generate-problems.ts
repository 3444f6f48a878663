/**
 * Writes all that follows from the definitions of problems (`middleware/model/problems`):
 * `npx tsx scripts/generate-problems.ts`, run in the repository's root.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { generatedFromProblems } from "./problems/generated.ts";

for (const [file, generate] of Object.entries(generatedFromProblems)) {
  writeFileSync(file, generate(readFileSync(file, "utf8")));
}
