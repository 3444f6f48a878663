import { posix } from "node:path";
import type { SourceFile } from "./component.ts";
import { typeNamed, typeOfDirectory } from "./component-types.ts";
import { placeOf, type PlacedFile } from "./source-paths.ts";
import { partFiles, splitParts } from "./split-parts.ts";

/** Files of a package by path, without what tells about the package itself. */
export type PackageFiles = ReadonlyMap<string, Buffer>;

/** A file that is no part of any component that this org knows. */
export interface StrayFile {
  readonly path: string;
  readonly problem: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** A package's files as the org keeps them. */
export interface ReadFiles {
  readonly files: readonly SourceFile[];
  readonly strays: readonly StrayFile[];
}

/** Turns files in metadata format (`objects/X.object`) into files in source format. */
export function fromPackage(given: PackageFiles): ReadFiles {
  const files: SourceFile[] = [];
  const strays: StrayFile[] = [];
  for (const [path, content] of given) {
    const sourcePath = sourcePathOf(path);
    const place = sourcePath === null ? null : placeOf(sourcePath);
    if (sourcePath === null || place === null) {
      const directory = path.split("/")[0] ?? "";
      strays.push({ path, problem: `Unknown folder or file type: ${directory}` });
      continue;
    }
    const isSplit = ["CustomObject", "CustomLabel"].includes(place.component.type);
    if (!isSplit) {
      files.push({ path: sourcePath, content, ...place, deployedAs: path, lineOffset: 0 });
      continue;
    }
    try {
      files.push(...splitFiles(path, content.toString("utf8")));
    } catch (error) {
      strays.push({ path, ...parserProblem(error) });
    }
  }
  return { files, strays };
}

/**
 * Takes files that are in source format already, as a project has them. The folders that it sorts its
 * classes into are its own: the org keeps `classes/mapping/X.cls` as `classes/X.cls`.
 * @param given by path from the folder that holds `classes`, `objects` …
 */
export function fromSource(given: PackageFiles): ReadFiles {
  const files: SourceFile[] = [];
  const strays: StrayFile[] = [];
  for (const [path, content] of given) {
    const place = placeOf(path);
    if (!place) strays.push({ path, problem: "belongs to no component" });
    else if (place.component.type === "CustomLabel") {
      files.push(...splitFiles("labels/CustomLabels.labels", content.toString("utf8")));
    } else files.push({ path: orgPathOf(path, place), content, ...place, lineOffset: 0 });
  }
  return { files, strays };
}

function orgPathOf(path: string, { component, deployedAs }: PlacedFile): string {
  return typeNamed(component.type)?.metaFile === true ? deployedAs : path;
}

function splitFiles(path: string, text: string): SourceFile[] {
  const type = typeOfDirectory(path.split("/")[0] ?? "");
  if (!type) return [];
  const fullName = posix.basename(path).replace(/\.\w+$/, "");
  const parent = { type: type.name, fullName };
  const split = splitParts(text, type);
  const parts = partFiles(parent, split, path);
  if (split.own === null || type.name !== "CustomObject") return parts;
  return [
    {
      path: `objects/${fullName}/${fullName}.object-meta.xml`,
      content: Buffer.from(split.own),
      component: parent,
      deployedAs: path,
      lineOffset: 0,
    },
    ...parts,
  ];
}

function sourcePathOf(path: string): string | null {
  const [directory = "", ...rest] = path.split("/");
  const type = typeOfDirectory(directory);
  const last = rest.at(-1) ?? "";
  if (!type) return null;
  if (type.suffix === null || type.metaFile) return path;
  if (type.name === "CustomObject") {
    const object = last.replace(/\.object$/, "");
    return last.endsWith(".object") ? `objects/${object}/${object}.object-meta.xml` : null;
  }
  if (type.inFolder && rest.length === 1 && last.endsWith("-meta.xml")) {
    const kind = typeNamed(type.name)?.suffix ?? "";
    return path.replace(/-meta\.xml$/, `.${kind}Folder-meta.xml`);
  }
  return last.endsWith(`.${type.suffix}`) ? `${path}-meta.xml` : null;
}

/** saxes begins its messages with `line:column:`. */
function parserProblem(error: unknown): Omit<StrayFile, "path"> {
  const text = error instanceof Error ? error.message : String(error);
  const [, line, column, words] = /^(\d+):(\d+): (.*)$/s.exec(text) ?? [];
  const problem = `Error parsing file: ${words ?? text}`;
  return line === undefined ? { problem } : { problem, line: Number(line), column: Number(column) };
}
