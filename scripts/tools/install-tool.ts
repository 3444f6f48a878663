/**
 * Programs that few commands need and that are large: each has a lockfile of its own in a folder beside this
 * file, and whoever needs it first installs it into `.cache/tools`, so that `npm ci` stays small.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

export const tools = ["salesforce-cli", "static-analysis", "apex-format", "mutation"] as const;
export type Tool = (typeof tools)[number];

const files = ["package.json", "package-lock.json"];

/** npm could not install a tool; the message says which, why, and what to do. */
export class ToolMissingError extends Error {
  override readonly name = "ToolMissingError";
}

/**
 * @param root this repository
 * @returns the folder whose `node_modules` holds the tool, as its lockfile says
 * @throws ToolMissingError when it is not there and npm can't install it
 */
export function installTool(tool: Tool, root = process.cwd()): string {
  const source = path.resolve(root, "scripts/tools", tool);
  const lock = readFileSync(path.join(source, "package-lock.json"));
  const version = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  const folder = path.resolve(root, ".cache/tools", `${tool}-${version}`);
  if (existsSync(folder)) return folder;
  // Two processes may install it at once: each does so apart, and the first to end is kept.
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    for (const file of files) copyFileSync(path.join(source, file), path.join(draft, file));
    copyFileSync(path.resolve(root, ".npmrc"), path.join(draft, ".npmrc"));
    process.stderr.write(`Installing ${tool} into .cache/tools, once.\n`);
    npmCi(tool, draft);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function npmCi(tool: Tool, folder: string): void {
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel", "error"];
  const { status, stderr, error } = spawnSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new ToolMissingError(
    `${tool} is not installed, and npm can't install it:\n${reason}\n` +
      `Where npm reaches its registry, run: node --import tsx scripts/install-tools.ts ${tool}`,
  );
}

/** @returns null when it is there or was installed just now, else why not */
export function whyToolIsMissing(tool: Tool): string | null {
  try {
    installTool(tool);
    return null;
  } catch (error) {
    if (error instanceof ToolMissingError) return error.message;
    throw error;
  }
}
