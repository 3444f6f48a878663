import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { ComponentName } from "./component.ts";
import { ArchiveError } from "./archive.ts";

const names = z.object({
  name: z.string().default(""),
  members: z.array(z.string()).default([]),
});
const manifestFile = z.object({
  Package: z
    .object({ types: z.array(names).default([]), version: z.string().optional() })
    .or(z.literal("").transform(() => ({ types: [], version: undefined }))),
});

/** What a `package.xml` or `destructiveChanges.xml` names; `*` stands for every component. */
export interface Manifest {
  readonly components: readonly ComponentName[];
  /** Such as `61.0`; null when the file names none. */
  readonly version: string | null;
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === "types" || name === "members",
});

/**
 * Reads a manifest.
 * @throws ArchiveError when it is none
 */
export function readManifest(path: string, content: Buffer): Manifest {
  let parsed: ReturnType<typeof manifestFile.safeParse>;
  try {
    parsed = manifestFile.safeParse(parser.parse(content));
  } catch {
    throw new ArchiveError(`Error parsing ${path}`);
  }
  if (!parsed.success) throw new ArchiveError(`Error parsing ${path}`);
  const { types, version } = parsed.data.Package;
  return {
    components: types.flatMap(({ name, members }) =>
      members.map((fullName) => ({ type: name, fullName })),
    ),
    version: version ?? null,
  };
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
