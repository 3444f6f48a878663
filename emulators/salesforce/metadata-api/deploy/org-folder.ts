import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import { dirname, join, relative, sep } from "node:path";
import type { SourceFile } from "../format/component.ts";
import { placeOf } from "../format/source-paths.ts";
import { readDeployFolder } from "./deploy-package.ts";

/**
 * Where an org that has been deployed to keeps its metadata: a folder for each state, so that a
 * deployment that fails leaves the one before as it was.
 */
export class OrgFolder {
  private root: string | null = null;
  private states = 0;

  /** Every file of the org, each component's last version of these folders. */
  read(sourceDirs: readonly string[]): SourceFile[] {
    const files = sourceDirs.flatMap((dir) => {
      if (this.root !== null && dir.startsWith(this.root)) return readState(dir);
      // Folders of a project hold parts together that an org keeps apart.
      return existsSync(dir) ? readDeployFolder(dir).files : [];
    });
    return [...new Map(files.map((file) => [file.path, file])).values()];
  }

  /** @returns the folder of a new state with these files */
  write(files: readonly SourceFile[]): string {
    this.root ??= mkdtempSync(join(os.tmpdir(), "salesforce-org-"));
    this.states += 1;
    const folder = join(this.root, String(this.states));
    const made = new Set<string>();
    for (const { path, content } of files) {
      const target = join(folder, path);
      const parent = dirname(target);
      if (!made.has(parent)) mkdirSync(parent, { recursive: true });
      made.add(parent);
      writeFileSync(target, content);
    }
    return folder;
  }

  /** Takes a state off the disk that nobody uses any more. */
  drop(folder: string): void {
    if (this.root !== null && folder.startsWith(this.root)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  close(): void {
    if (this.root !== null) rmSync(this.root, { recursive: true, force: true });
  }
}

function readState(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file): SourceFile[] => {
      const path = relative(folder, file).split(sep).join("/");
      const place = placeOf(path);
      return place ? [{ path, content: readFileSync(file), ...place, lineOffset: 0 }] : [];
    });
}
