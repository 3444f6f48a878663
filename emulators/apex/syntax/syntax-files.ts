/**
 * Syntax trees of source files, kept in `.cache/apex` between runs: the parser alone takes longer to
 * start than everything else together, so it is only loaded for files that changed.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { ApexCompileError, throwAll } from "../errors.ts";
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
const cacheVersion = "apex-parser 5.2.0, tree 2";
const cacheDir = join(".cache", "apex");

/** @throws ApexCompileError when a file does not parse, ApexCompileErrors when several do not */
export async function readSyntax(files: readonly SourceFile[]): Promise<SyntaxFile[]> {
  const trees: SyntaxFile[] = [];
  const errors: ApexCompileError[] = [];
  for (const file of files) {
    const cachePath = join(cacheDir, `${hashOf(file)}.bin`);
    try {
      const node = readCached(cachePath, file.path) ?? (await parse(file, cachePath));
      trees.push({ path: file.path, node });
    } catch (error) {
      if (!(error instanceof ApexCompileError)) throw error;
      errors.push(error);
    }
  }
  throwAll(errors);
  return trees;
}

async function parse(file: SourceFile, cachePath: string): Promise<SyntaxFile["node"]> {
  const { parseClassFile, parseTriggerFile } = await import("./parse.ts");
  const node = file.path.endsWith(".trigger")
    ? parseTriggerFile(file.path, file.text)
    : parseClassFile(file.path, file.text);
  writeCached(cachePath, { path: file.path, node });
  return node;
}

function hashOf(file: SourceFile): string {
  return createHash("sha256")
    .update(`${cacheVersion}\0${process.version}\0${extname(file.path)}\0${file.text}`)
    .digest("hex");
}

/** The same class may lie elsewhere: in the package, or in the org that it was deployed to. */
function readCached(cachePath: string, path: string): SyntaxFile["node"] | null {
  try {
    const cached = deserialize(readFileSync(cachePath)) as SyntaxFile;
    if (cached.path !== path) rename(cached.node, cached.path, path);
    return cached.node;
  } catch {
    return null;
  }
}

/** Writes the file's own path into every position of the tree. */
function rename(node: unknown, from: string, to: string): void {
  if (typeof node !== "object" || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === "file" && value === from) Object.assign(node, { file: to });
    else rename(value, from, to);
  }
}

/** Several processes may write the same file: each writes its own and moves it into place. */
function writeCached(path: string, tree: SyntaxFile): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    const own = `${path}.${process.pid}`;
    writeFileSync(own, serialize(tree));
    renameSync(own, path);
  } catch {
    // Without a cache the next start only takes longer.
  }
}
