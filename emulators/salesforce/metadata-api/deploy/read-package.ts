import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { join, relative, sep } from "node:path";
import { ArchiveError, readArchive } from "../format/archive.ts";
import type { ComponentName, SourceFile } from "../format/component.ts";
import {
  fromPackage,
  fromSource,
  type PackageFiles,
  type StrayFile,
} from "../format/from-package.ts";
import { readManifest } from "../format/manifest.ts";

/** What a deployment brings and takes. */
export interface DeployPackage {
  readonly files: readonly SourceFile[];
  /** Files that are no metadata, or can't be read. */
  readonly strays: readonly StrayFile[];
  /** What `package.xml` names; null for a folder, which has none. */
  readonly members: readonly ComponentName[] | null;
  readonly deletions: readonly ComponentName[];
  /**
   * Whether the rules were minded before, as `npm run check` does with the package: the files are read,
   * built and compiled all the same. @default false
   */
  readonly isChecked?: boolean;
}

const manifests = {
  package: "package.xml",
  deletions: ["destructiveChanges.xml", "destructiveChangesPre.xml", "destructiveChangesPost.xml"],
} as const;

/**
 * Reads the zip of a deploy call.
 * @throws ArchiveError when it is no zip, or has no `package.xml`
 */
export async function readDeployZip(zipped: Buffer): Promise<DeployPackage> {
  const archive = await readArchive(zipped);
  const manifestPath = [...archive.keys()].find(
    (path) => posix.basename(path) === manifests.package && path.split("/").length <= 2,
  );
  if (manifestPath === undefined) throw new ArchiveError("No package.xml found");
  const root = posix.dirname(manifestPath) === "." ? "" : `${posix.dirname(manifestPath)}/`;
  const files = new Map(
    [...archive].flatMap(([path, content]) =>
      path.startsWith(root) ? [[path.slice(root.length), content] as const] : [],
    ),
  );
  const { components } = readManifest(manifests.package, take(files, manifests.package));
  const deletions = manifests.deletions.flatMap((name) =>
    files.has(name) ? readManifest(name, take(files, name)).components : [],
  );
  const read = fromPackage(files);
  return { ...read, members: components, deletions };
}

/** A folder in source format, as a project has it. */
export function readDeployFolder(folder: string): DeployPackage {
  return { ...fromSource(filesBelow(folder)), members: null, deletions: [] };
}

function take(files: Map<string, Buffer>, path: string): Buffer {
  const content = files.get(path) ?? Buffer.alloc(0);
  files.delete(path);
  return content;
}

/** Tests of web components and files that begin with a dot stay in the project, as `.forceignore` says. */
function filesBelow(folder: string): PackageFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(folder, file).split(sep).join("/") }))
    .filter(({ path }) => !/(^|\/)(__tests__|\.[^/]+|jsconfig\.json)(\/|$)/.test(path));
  return new Map(files.map(({ file, path }) => [path, readFileSync(file)]));
}
