/** The package's Apex and labels from its SFDX source folders. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { SourceFile } from "../../apex/syntax/syntax-files.ts";
import { listSourceFiles, readXmlFile } from "../schema/source/read-xml.ts";

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

/** Custom labels by lower-case name. */
export function readLabels(sourceDirs: readonly string[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const dir of sourceDirs)
    for (const { path } of listSourceFiles(join(dir, "labels"), ".labels-meta.xml"))
      for (const label of readXmlFile(path, "CustomLabels").all("labels"))
        labels.set((label.value("fullName") ?? "").toLowerCase(), label.value("value") ?? "");
  return labels;
}

/** What labels are called in other languages, by lower-case name, by language. */
export function readTranslations(
  sourceDirs: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const languages = new Map<string, Map<string, string>>();
  for (const dir of sourceDirs) {
    const folder = join(dir, "translations");
    for (const { path, name } of listSourceFiles(folder, ".translation-meta.xml")) {
      const labels = languages.get(name) ?? new Map<string, string>();
      languages.set(name, labels);
      for (const label of readXmlFile(path, "Translations").all("customLabels"))
        labels.set((label.value("name") ?? "").toLowerCase(), label.value("label") ?? "");
    }
  }
  return languages;
}
