/**
 * Writes all that follows from the table of Circa's types (`middleware/model/circa-types.ts`):
 * `npx tsx scripts/generate-values.ts`, run in the repository's root.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { generatedFromValues } from "./values/generated.ts";

for (const [file, generate] of Object.entries(generatedFromValues)) {
  writeFileSync(file, generate(readFileSync(file, "utf8")));
}
