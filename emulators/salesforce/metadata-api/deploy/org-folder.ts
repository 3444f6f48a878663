import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { SourceFile } from "../format/component.ts";
import { placeOf } from "../format/source-paths.ts";
import { readDeployFolder } from "./read-package.ts";

/**
 * Where an org that has been deployed to keeps its metadata: a folder for each state, so that a
 * deployment that fails leaves the one before as it was.
 */
export class OrgFolder {
  private root: string | null = null;
  private states = 0;
  private lastRead: {
    readonly sourceDirs: readonly string[];
    readonly files: readonly SourceFile[];
  } | null = null;

  /** Every file of the org, each component's last version of these folders. */
  read(sourceDirs: readonly string[]): readonly SourceFile[] {
    // A state never changes; a project's folders are read when the org is first asked.
    if (this.lastRead?.sourceDirs !== sourceDirs) {
      this.lastRead = { sourceDirs, files: this.readAnew(sourceDirs) };
    }
    return this.lastRead.files;
  }

  private readAnew(sourceDirs: readonly string[]): SourceFile[] {
    const files = sourceDirs.flatMap((dir) => {
      if (this.root !== null && dir.startsWith(this.root)) return readState(dir);
      // Folders of a project hold parts together that an org keeps apart.
      return existsSync(dir) ? readDeployFolder(dir).files : [];
    });
    return [...new Map(files.map((file) => [file.path, file])).values()];
  }

  /** @returns the folder of a new state with these files */
  write(files: readonly SourceFile[]): string {
    this.root ??= makeRoot();
    this.states += 1;
    const folder = join(this.root, String(this.states));
    mkdirSync(folder);
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

  /** Takes a state off the disk that no org uses any more. */
  drop(folder: string): void {
    if (this.root !== null && folder.startsWith(this.root)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  close(): void {
    if (this.root !== null) rmSync(this.root, { recursive: true, force: true });
  }
}

/** Beside the project's node_modules, where the web components' compiler finds them. */
const orgs = join(".cache", "orgs");

/** A folder of this process; those of processes that ended without cleaning up are taken away. */
function makeRoot(): string {
  mkdirSync(orgs, { recursive: true });
  for (const name of readdirSync(orgs)) {
    if (!isAlive(Number(name.split("-")[0])))
      rmSync(join(orgs, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(orgs, `${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
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
