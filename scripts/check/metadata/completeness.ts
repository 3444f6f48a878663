import { readComponents } from "../../../emulators/salesforce/metadata-api/rules/components.ts";
import type { PackageSource } from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";
import { checkTranslations } from "../../../emulators/salesforce/metadata-api/rules/references/custom-labels.ts";
import { checkGrants } from "../../../emulators/salesforce/metadata-api/rules/references/permission-sets.ts";
import type { Finding } from "../finding.ts";

/** What no deploy refuses and a package should not have: fields that no user may see, labels without a translation. */
export async function checkCompleteness(source: PackageSource): Promise<Finding[]> {
  const components = await readComponents(source);
  return [...checkGrants(components), ...checkTranslations(components)];
}
