/** Writes docs/answers.md: `npx tsx scripts/docs-answers.ts`, run in the repository's root. */
import { writeFileSync } from "node:fs";
import { answersPage } from "./docs/answers-page.ts";

writeFileSync("docs/answers.md", answersPage());
