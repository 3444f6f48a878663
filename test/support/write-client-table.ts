/** Writes the table of clients in docs/fidelity.md: `npx tsx test/support/write-client-table.ts`, run in the repository's root. */
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { clientTable } from "./client-trials.ts";

const file = "docs/fidelity.md";
const table = /\| operation[^\n]*\n(\|[^\n]*\n)+/;
const text = readFileSync(file, "utf8").replace(table, `${clientTable()}\n`);
writeFileSync(file, await format(text, { parser: "markdown", printWidth: 100 }));
