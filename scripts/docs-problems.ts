/** Writes docs/problems.md: `npx tsx scripts/docs-problems.ts`, run in the repository's root. */
import { writeFileSync } from "node:fs";
import { problemsPage } from "./docs/problems-page.ts";

writeFileSync("docs/problems.md", problemsPage());
