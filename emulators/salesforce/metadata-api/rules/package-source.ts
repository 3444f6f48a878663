import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface SourceFile {
  /** Path from the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A Salesforce DX project: its root and the files of the source directories that are checked. */
export interface PackageSource {
  readonly root: string;
  /** Paths from the root. */
  readonly directories: readonly string[];
  readonly files: readonly SourceFile[];
}

/**
 * Reads the source of a Salesforce DX project.
 * @throws when a directory is missing.
 */
export function readPackageSource(root: string, directories: readonly string[]): PackageSource {
  const files = directories.flatMap((directory) =>
    readdirSync(path.join(root, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .sort()
      .map((file) => ({
        path: file.split(path.sep).join("/"),
        text: readFileSync(path.join(root, file), "utf8"),
      })),
  );
  return { root, directories, files };
}

/** The files whose name ends so, for example `.field-meta.xml`. */
export function filesNamed(source: PackageSource, ending: string): SourceFile[] {
  return source.files.filter((file) => file.path.endsWith(ending));
}
