/** The package's Apex and labels from its SFDX source folders. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { SourceFile } from "../syntax/syntax-files.ts";

const folders: readonly (readonly [string, string])[] = [
  ["classes", ".cls"],
  ["triggers", ".trigger"],
];

/**
 * Classes and triggers; paths as given, so that errors name files as people see them.
 * @param root what paths are written from, when it is not the working directory
 */
export function readApexSources(sourceDirs: readonly string[], root = ""): SourceFile[] {
  return sourceDirs.flatMap((dir) =>
    folders.flatMap(([folder, ending]) => {
      const path = join(dir, folder);
      if (!existsSync(path)) return [];
      return readdirSync(path, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => ({
          path: root === "" ? join(path, name) : relative(root, join(path, name)),
          text: readFileSync(join(path, name), "utf8"),
        }));
    }),
  );
}

const labelFile = z.object({
  CustomLabels: z.object({
    labels: z.array(z.object({ fullName: z.string(), value: z.coerce.string() })).default([]),
  }),
});

/** Custom labels by lower-case name. */
export function readLabels(sourceDirs: readonly string[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const parser = new XMLParser({ isArray: (name) => name === "labels", parseTagValue: false });
  for (const dir of sourceDirs) {
    const folder = join(dir, "labels");
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter((item) => item.endsWith(".labels-meta.xml"))) {
      const parsed = labelFile.parse(parser.parse(readFileSync(join(folder, name), "utf8")));
      for (const label of parsed.CustomLabels.labels)
        labels.set(label.fullName.toLowerCase(), label.value);
    }
  }
  return labels;
}
