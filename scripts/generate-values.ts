/** Writes docs/values.md: `npx tsx scripts/docs-values.ts`, run in the repository's root. */
import { writeFileSync } from "node:fs";
import { valuesPage } from "./docs/values-page.ts";

writeFileSync("docs/values.md", valuesPage());
