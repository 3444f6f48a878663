import type { Finding } from "../finding.ts";
import {
  filesNamed,
  type PackageSource,
} from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";
import { childText, readWellFormedXml } from "../../../emulators/salesforce/xml.ts";

interface TextRule {
  readonly ending: string;
  /** Elements that must hold text, with the most characters that Salesforce keeps. */
  readonly texts: Readonly<Record<string, number>>;
}

/** What an admin reads in Setup is part of the product: every part of the package explains itself. */
const textRules: readonly TextRule[] = [
  { ending: ".field-meta.xml", texts: { description: 1000, inlineHelpText: 510, label: 40 } },
  { ending: ".object-meta.xml", texts: { description: 1000 } },
  { ending: ".permissionset-meta.xml", texts: { description: 255 } },
  { ending: ".customPermission-meta.xml", texts: { description: 255 } },
  { ending: ".validationRule-meta.xml", texts: { description: 255, errorMessage: 255 } },
];

/** Checks that fields, objects, permissions and rules are described, within Salesforce's limits. */
export function checkDescriptions(source: PackageSource): Finding[] {
  const findings: Finding[] = [];
  for (const { ending, texts } of textRules) {
    for (const { path: file, text } of filesNamed(source, ending)) {
      const element = readWellFormedXml(text);
      if (!element) continue;
      for (const [name, maxCharacters] of Object.entries(texts)) {
        const value = childText(element, name) ?? "";
        if (value === "") findings.push({ file, message: `has no ${name}` });
        if (value.length > maxCharacters) {
          findings.push({ file, message: `${name} has more than ${maxCharacters} characters` });
        }
      }
    }
  }
  return findings;
}
