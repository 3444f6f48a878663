import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Finding } from "./finding.ts";

const folder = join(".cache", "apex-rules");
const kept = z.array(z.object({ line: z.number().exactOptional(), message: z.string() }));

/**
 * What a slow rule finds in a text, kept under `.cache` for as long as the text stays the same.
 * @param rule name and version of the rule
 */
export async function keptFindings(
  rule: string,
  { path, text }: { readonly path: string; readonly text: string },
  find: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<Finding[]> {
  const hash = createHash("sha256").update(`${rule}\0${path.split(".").at(-1)}\0${text}`);
  const file = join(folder, `${hash.digest("hex")}.json`);
  const known = read(file);
  if (known) return known.map((finding) => ({ file: path, ...finding }));
  const found = [...(await find())];
  write(file, found);
  return found;
}

function read(file: string): z.infer<typeof kept> | null {
  try {
    return kept.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Several processes may write the same file: each writes its own and moves it into place. */
function write(file: string, findings: readonly Finding[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify(findings.map(({ file: _file, ...rest }) => rest)));
    renameSync(own, file);
  } catch {
    // Without it the next look only takes longer.
  }
}
