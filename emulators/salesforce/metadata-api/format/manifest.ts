import { readXmlText, type XmlNode } from "../../schema/source/read-xml.ts";
import type { ComponentName } from "./component.ts";
import { ArchiveError } from "./archive.ts";

/** What a `package.xml` or `destructiveChanges.xml` names; `*` stands for every component. */
export interface Manifest {
  readonly components: readonly ComponentName[];
  /** Such as `61.0`; null when the file names none. */
  readonly version: string | null;
}

/**
 * Reads a manifest.
 * @throws ArchiveError when it is none
 */
export function readManifest(path: string, content: Buffer): Manifest {
  const root = readRoot(path, content.toString());
  return {
    components: root.all("types").flatMap((types) =>
      types.all("members").map(({ text }) => ({
        type: types.value("name") ?? "",
        fullName: text ?? "",
      })),
    ),
    version: root.value("version"),
  };
}

function readRoot(path: string, text: string): XmlNode {
  try {
    return readXmlText(text, path, "Package");
  } catch {
    throw new ArchiveError(`Error parsing ${path}`);
  }
}

/** Writes the `package.xml` of these components. */
export function writeManifest(components: readonly ComponentName[], version: string): Buffer {
  const byType = new Map<string, string[]>();
  for (const { type, fullName } of components) {
    byType.set(type, [...(byType.get(type) ?? []), fullName]);
  }
  const types = [...byType].map(
    ([name, members]) =>
      `    <types>\n${members
        .sort()
        .map((member) => `        <members>${member}</members>\n`)
        .join("")}        <name>${name}</name>\n    </types>\n`,
  );
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join("")}    <version>${version}</version>\n</Package>\n`,
  );
}
