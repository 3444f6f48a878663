/**
 * Folders that import each other, a folder and one within it too: dependency-cruiser counts what is within
 * a folder as its own, and so sees no cycle there.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Finding } from "../finding.ts";

interface Import {
  readonly file: string;
  readonly imported: string;
}

/** @param root a folder, looked at with all below it; imports of types count */
export function checkFolderCycles(root: string): Finding[] {
  const imports = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => importsOf(path.join(root, name)));
  const below = new Map<string, Set<string>>();
  for (const { file, imported } of imports) {
    const folder = path.dirname(file);
    below.set(folder, (below.get(folder) ?? new Set()).add(path.dirname(imported)));
  }
  return imports
    .filter(({ file, imported }) => reaches(below, path.dirname(imported), path.dirname(file)))
    .map(({ file, imported }) => ({
      file,
      message: `imports ${imported}, whose folder imports this one's in turn: one has to stand below the other`,
    }));
}

/** Those of files in other folders. */
function importsOf(file: string): Import[] {
  return ts
    .preProcessFile(readFileSync(file, "utf8"))
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => ({ file, imported: path.join(path.dirname(file), fileName) }))
    .filter(({ imported }) => path.dirname(imported) !== path.dirname(file));
}

function reaches(
  below: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
  seen = new Set<string>(),
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(below.get(from) ?? [])].some((next) => reaches(below, next, to, seen));
}
