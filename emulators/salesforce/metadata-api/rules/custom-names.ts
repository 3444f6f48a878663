import { ApexParserFactory } from "@apexdevtools/apex-parser";
import type { Finding } from "./finding.ts";
import { filesNamed, type PackageSource, type SourceFile } from "./package-source.ts";
import { type Components, componentsOf, readComponents } from "./components.ts";
import { childrenNamed, childText } from "../../xml.ts";

const customName = /\b[A-Za-z]\w*?__(?:c|r|e|mdt)\b/g;

/**
 * Checks that every custom name in Apex, SOQL, string literals and formulas is one that the package
 * defines. The Apex semantic check knows standard objects in part only and does not look into SOQL.
 */
export async function checkCustomNames(source: PackageSource): Promise<Finding[]> {
  const components = await readComponents(source);
  const known = knownNames(components);
  const isUnknown = (name: string) => !known.has(name.toLowerCase());
  const apex = [...filesNamed(source, ".cls"), ...filesNamed(source, ".trigger")];
  return [
    ...apex.flatMap((file) => namesInApex(file).filter(({ name }) => isUnknown(name))),
    ...namesInFormulas(components).filter(({ name }) => isUnknown(name)),
  ].map(({ name, file, line }) => ({ file, line, message: `the package does not define ${name}` }));
}

interface NamePlace {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

function knownNames(components: Components): Set<string> {
  const names = componentsOf(components, "object").map(({ name }) => name);
  for (const { name, element } of components.fields) {
    names.push(name);
    if (childText(element, "referenceTo") !== undefined) {
      const children = childText(element, "relationshipName");
      names.push(name.replace(/__c$/, "__r"), ...(children ? [`${children}__r`] : []));
    }
  }
  return new Set(names.map((name) => name.toLowerCase()));
}

function namesInApex({ path: file, text }: SourceFile): NamePlace[] {
  const tokens = ApexParserFactory.createTokenStream(text);
  tokens.fill();
  return tokens.tokens
    .filter((token) => token.channel === 0)
    .flatMap((token) =>
      [...token.text.matchAll(customName)].map(([name]) => ({ name, file, line: token.line })),
    );
}

function namesInFormulas(components: Components): NamePlace[] {
  return ["field", "validationRule"].flatMap((suffix) =>
    componentsOf(components, suffix).flatMap(({ file, element }) =>
      ["formula", "errorConditionFormula"]
        .flatMap((name) => childrenNamed(element, name))
        .flatMap(({ text, line }) =>
          [...text.matchAll(customName)].map(([name]) => ({ name, file, line })),
        ),
    ),
  );
}
