import { readComponents } from "../../../emulators/salesforce/metadata-api/rules/components.ts";
import { checkCrossReferences as checkRules } from "../../../emulators/salesforce/metadata-api/rules/cross-references.ts";
import type { PackageSource } from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";
import { checkTranslations } from "../../../emulators/salesforce/metadata-api/rules/references/custom-labels.ts";
import { checkGrants } from "../../../emulators/salesforce/metadata-api/rules/references/permission-sets.ts";
import type { Finding } from "../finding.ts";

/**
 * What a deploy would refuse in the way the parts refer to each other, and what it would not: fields
 * that nobody may see, labels without a translation.
 */
export async function checkCrossReferences(source: PackageSource): Promise<Finding[]> {
  const components = await readComponents(source);
  return [
    ...(await checkRules(source)),
    ...checkGrants(components),
    ...checkTranslations(components),
  ];
}
