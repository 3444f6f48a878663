import path from "node:path";
import { listSourceFiles, readXmlFile } from "../schema/source/read-xml.ts";

/**
 * Custom labels of SFDX source folders in one language; what has no translation stays as it is.
 * @param language such as `de`; a country after it doesn't matter
 */
export function readCustomLabels(
  sourceDirs: readonly string[],
  language: string,
): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const dir of sourceDirs) {
    for (const { path: file } of listSourceFiles(path.join(dir, "labels"), ".labels-meta.xml")) {
      for (const label of readXmlFile(file, "CustomLabels").all("labels")) {
        labels[label.value("fullName") ?? ""] = label.value("value") ?? "";
      }
    }
  }
  const code = language.split(/[-_]/)[0] ?? language;
  for (const dir of sourceDirs) {
    const folder = path.join(dir, "translations");
    for (const { path: file, name } of listSourceFiles(folder, ".translation-meta.xml")) {
      if (name !== code) continue;
      for (const label of readXmlFile(file, "Translations").all("customLabels")) {
        labels[label.value("name") ?? ""] = label.value("label") ?? "";
      }
    }
  }
  return labels;
}
