/**
 * Syntax trees of source files, kept in `.cache/apex` between runs: the parser alone takes longer to
 * start than everything else together, so it is only loaded for files that changed.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { TriggerNode, TypeDeclarationNode } from "./ast.ts";

export interface SourceFile {
  /** As errors and coverage name it; ends with `.cls` or `.trigger`. */
  readonly path: string;
  readonly text: string;
}

export interface SyntaxFile {
  readonly path: string;
  readonly node: TypeDeclarationNode | TriggerNode;
}

/** To be raised whenever the tree's shape or the parser changes. */
const cacheVersion = "apex-parser 5.2.0, tree 1";
const cacheDir = join(".cache", "apex");

/** @throws ApexCompileError for the first file that does not parse */
export async function readSyntax(files: readonly SourceFile[]): Promise<SyntaxFile[]> {
  const trees: SyntaxFile[] = [];
  for (const file of files) {
    const cachePath = join(cacheDir, `${hashOf(file)}.bin`);
    const node = readCached(cachePath) ?? (await parse(file, cachePath));
    trees.push({ path: file.path, node });
  }
  return trees;
}

async function parse(file: SourceFile, cachePath: string): Promise<SyntaxFile["node"]> {
  const { parseClassFile, parseTriggerFile } = await import("./parse.ts");
  const node = file.path.endsWith(".trigger")
    ? parseTriggerFile(file.path, file.text)
    : parseClassFile(file.path, file.text);
  writeCached(cachePath, node);
  return node;
}

function hashOf(file: SourceFile): string {
  return createHash("sha256")
    .update(`${cacheVersion}\0${process.version}\0${file.path}\0${file.text}`)
    .digest("hex");
}

function readCached(path: string): SyntaxFile["node"] | null {
  try {
    return deserialize(readFileSync(path)) as SyntaxFile["node"];
  } catch {
    return null;
  }
}

/** Several processes may write the same file: each writes its own and moves it into place. */
function writeCached(path: string, node: SyntaxFile["node"]): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    const own = `${path}.${process.pid}`;
    writeFileSync(own, serialize(node));
    renameSync(own, path);
  } catch {
    // Without a cache the next start only takes longer.
  }
}
