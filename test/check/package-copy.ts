import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { formatFinding, type Finding } from "../../scripts/check/finding.ts";
import {
  type PackageSource,
  readPackageSource,
} from "../../emulators/salesforce/metadata-api/rules/package-source.ts";

/** A mistake to make in a copy of the package, and what the check should say about it. */
export interface Mistake {
  readonly mistake: string;
  readonly make: (copy: PackageCopy) => void;
  readonly finding: RegExp;
}

/** The package, and the demo org that has rows of its types. */
const sourceDirectories = [
  "force-app",
  "force-app-de",
  "force-app-reports",
  "emulators/salesforce/demo-org",
];

/** A copy of the Salesforce package in a temporary folder, to make mistakes in. */
export class PackageCopy {
  readonly root = mkdtempSync(path.join(os.tmpdir(), "package-copy-"));

  constructor() {
    const parts = [...sourceDirectories, "sfdx-project.json", ".forceignore", "config"];
    for (const file of parts) {
      cpSync(file, path.join(this.root, file), { recursive: true });
    }
  }

  /** @throws when the text to replace is not there, so that no mistake silently stops being one. */
  replace(file: string, text: string, replacement: string): void {
    const before = readFileSync(this.pathOf(file), "utf8");
    if (!before.includes(text)) throw new Error(`${file} does not hold ${text}`);
    writeFileSync(this.pathOf(file), before.replace(text, replacement));
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(this.pathOf(file)), { recursive: true });
    writeFileSync(this.pathOf(file), text);
  }

  remove(file: string): void {
    rmSync(this.pathOf(file));
  }

  source(): PackageSource {
    return readPackageSource(this.root, sourceDirectories);
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Paths are from the package's main folder; those that start with `/` from the project's root. */
  private pathOf(file: string): string {
    return path.join(this.root, file.startsWith("/") ? "." : "force-app/main/default", file);
  }
}

/** Makes one mistake in a fresh copy and gives what the check finds, a finding a line. */
export async function findingsOf(
  check: (source: PackageSource) => readonly Finding[] | Promise<readonly Finding[]>,
  make?: Mistake["make"],
): Promise<string> {
  const copy = new PackageCopy();
  try {
    make?.(copy);
    return (await check(copy.source())).map(formatFinding).join("\n");
  } finally {
    copy.close();
  }
}
