import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "../format/component.ts";

const folder = join(".cache", "deployable");
const rules = "emulators/salesforce/metadata-api/rules";
let rulesHash: string | undefined;

/**
 * One text for an org's files and the rules that they are held to: the same files need no second look, such
 * as those of the package at every start of the demo.
 */
export function fingerprintOf(
  brought: readonly SourceFile[],
  after: readonly SourceFile[],
): string {
  const hash = createHash("sha256").update((rulesHash ??= hashOfRules()));
  for (const { path, content } of after) hash.update(`${path}\0`).update(content);
  for (const { path } of brought) hash.update(`\0${path}`);
  return hash.digest("hex");
}

export function isKnownGood(fingerprint: string): boolean {
  return existsSync(join(folder, fingerprint));
}

export function rememberGood(fingerprint: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, fingerprint), "");
  } catch {
    // Without it the next look only takes longer.
  }
}

function hashOfRules(): string {
  const files = readdirSync(rules, { recursive: true, encoding: "utf8" });
  const hash = createHash("sha256");
  for (const file of files.filter((name) => name.endsWith(".ts")).sort()) {
    hash.update(readFileSync(join(rules, file)));
  }
  return hash.digest("hex");
}
