import { type ComponentName } from "./component.ts";
import { childNamed, type ComponentType, typeNamed, typeOfDirectory } from "./component-types.ts";

/** A file of the org, by what it is part of. */
export interface PlacedFile {
  readonly component: ComponentName;
  /** As a package names the file that it is in. */
  readonly deployedAs: string;
}

/**
 * What a file in source format belongs to.
 * @param path from the folder that holds `classes`, `objects` …, with forward slashes
 * @returns null for files that are no metadata
 */
export function placeOf(path: string): PlacedFile | null {
  const [directory = "", ...rest] = path.split("/");
  const type = typeOfDirectory(directory);
  const last = rest.at(-1);
  if (!type || last === undefined) return null;
  if (type.suffix === null) return bundleFile(type, path, rest);
  if (type.name === "CustomObject") return objectFile(rest);
  if (type.name === "CustomLabels") {
    const fullName = last.replace(/\.labels-meta\.xml$/, "");
    return {
      component: { type: "CustomLabel", fullName },
      deployedAs: "labels/CustomLabels.labels",
    };
  }
  if (type.inFolder && last.endsWith("Folder-meta.xml")) {
    const folder = last.replace(/\.\w+Folder-meta\.xml$/, "");
    const component = { type: `${type.name}Folder`, fullName: folder };
    return { component, deployedAs: `${directory}/${folder}-meta.xml` };
  }
  const ending = new RegExp(`\\.${type.suffix}(-meta\\.xml)?$`);
  if (!ending.test(last)) return null;
  // A project may sort its files into folders; only reports and the like have folders in an org.
  const place = type.inFolder ? path : `${directory}/${last}`;
  const fullName = (type.inFolder ? rest.join("/") : last).replace(ending, "");
  const deployedAs = type.metaFile ? place : place.replace(/-meta\.xml$/, "");
  return { component: { type: type.name, fullName: decodeURIComponent(fullName) }, deployedAs };
}

function bundleFile(type: ComponentType, path: string, rest: readonly string[]): PlacedFile | null {
  const [bundle] = rest;
  if (bundle === undefined || rest.length < 2) return null;
  return { component: { type: type.name, fullName: bundle }, deployedAs: path };
}

function objectFile(rest: readonly string[]): PlacedFile | null {
  const [object = "", directory, file] = rest;
  const deployedAs = `objects/${object}.object`;
  if (file === undefined) {
    const isDefinition = directory === `${object}.object-meta.xml`;
    return isDefinition
      ? { component: { type: "CustomObject", fullName: object }, deployedAs }
      : null;
  }
  const child = typeNamed("CustomObject")?.children.find((known) => known.directory === directory);
  const ending = `.${child?.suffix}-meta.xml`;
  if (!child || !file.endsWith(ending)) return null;
  const fullName = `${object}.${decodeURIComponent(file.slice(0, -ending.length))}`;
  return { component: { type: child.name, fullName }, deployedAs };
}

/** Where a component's files lie: a file, or a folder (with a slash at the end). */
export function pathsOf({ type: name, fullName }: ComponentName): string[] {
  const part = childNamed(name);
  if (part?.parent.name === "CustomLabels") return [`labels/${fullName}.labels-meta.xml`];
  if (part) {
    const [object = "", ...rest] = fullName.split(".");
    const { directory, suffix } = part.child;
    return [`objects/${object}/${directory}/${rest.join(".")}.${suffix}-meta.xml`];
  }
  const type = typeNamed(name);
  if (!type) return name === "ReportFolder" ? [`reports/${fullName}.reportFolder-meta.xml`] : [];
  if (type.name === "CustomObject") return [`objects/${fullName}/`];
  if (type.name === "CustomLabels") return ["labels/"];
  if (type.suffix === null) return [`${type.directory}/${fullName}/`];
  const file = `${type.directory}/${fullName}.${type.suffix}`;
  return type.metaFile ? [file, `${file}-meta.xml`] : [`${file}-meta.xml`];
}

/** As packages name the file (or, of a bundle, the folder) of a component; null for an unknown kind. */
export function deployedPathOf({ type: name, fullName }: ComponentName): string | null {
  const part = childNamed(name);
  if (part?.parent.name === "CustomLabels") return "labels/CustomLabels.labels";
  if (part) return `objects/${fullName.split(".")[0]}.object`;
  const type = typeNamed(name);
  if (!type) return name === "ReportFolder" ? `reports/${fullName}` : null;
  return type.suffix === null
    ? `${type.directory}/${fullName}`
    : `${type.directory}/${fullName}.${type.suffix}`;
}
