import type { Finding } from "../finding.ts";
import { type Component, type Components, componentsOf } from "../components.ts";
import { childrenNamed, childText } from "../../../xml.ts";

const labelImport = /["']@salesforce\/label\/c\.(\w+)["']/g;

/** Labels that components import and translations translate exist, each name once. */
export function checkCustomLabels(components: Components): Finding[] {
  const files = componentsOf(components, "labels");
  const named = files.flatMap((file) => namesIn(file, "labels", "fullName"));
  const names = new Set(named.map(({ name }) => name));
  return [
    ...twice(named),
    ...unknownImports(components, names),
    ...componentsOf(components, "translation").flatMap((file) => unknownNames(file, names)),
  ];
}

/** Labels that a translation lacks: no rule of Salesforce, which then shows the label itself. */
export function checkTranslations(components: Components): Finding[] {
  const named = componentsOf(components, "labels").flatMap((file) =>
    namesIn(file, "labels", "fullName"),
  );
  return componentsOf(components, "translation").flatMap((translation) => {
    const known = new Set(namesIn(translation, "customLabels", "name").map(({ name }) => name));
    return named
      .filter(({ name }) => !known.has(name))
      .map(({ name }) => ({
        file: translation.file,
        message: `does not translate the label ${name}`,
      }));
  });
}

interface NamedAt {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

function namesIn({ file, element }: Component, list: string, nameElement: string): NamedAt[] {
  return childrenNamed(element, list).map((entry) => ({
    name: childText(entry, nameElement) ?? "",
    file,
    line: entry.line,
  }));
}

function twice(named: readonly NamedAt[]): Finding[] {
  const seen = new Set<string>();
  return named.flatMap(({ name, file, line }) => {
    if (seen.has(name)) return [{ file, line, message: `defines the label ${name} again` }];
    seen.add(name);
    return [];
  });
}

function unknownImports({ source }: Components, names: ReadonlySet<string>): Finding[] {
  const scripts = source.files.filter(({ path }) => /\/lwc\/.*\.(js|ts)$/.test(path));
  return scripts.flatMap(({ path: file, text }) =>
    [...text.matchAll(labelImport)].flatMap(({ index, 1: name = "" }) => {
      if (names.has(name)) return [];
      const line = text.slice(0, index).split("\n").length;
      return [{ file, line, message: `imports the unknown label ${name}` }];
    }),
  );
}

function unknownNames(translation: Component, names: ReadonlySet<string>): Finding[] {
  const { file } = translation;
  return namesIn(translation, "customLabels", "name")
    .filter(({ name }) => !names.has(name))
    .map(({ name, line }) => ({ file, line, message: `translates the unknown label ${name}` }));
}
