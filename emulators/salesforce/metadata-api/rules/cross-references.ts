import type { Finding } from "./finding.ts";
import type { PackageSource } from "./package-source.ts";
import { readComponents } from "./components.ts";
import { checkCustomLabels } from "./references/custom-labels.ts";
import { checkCustomMetadataRows } from "./references/custom-metadata-rows.ts";
import { checkFieldAttributes } from "./references/field-attributes.ts";
import { checkNames } from "./references/names.ts";
import { checkObjectParts } from "./references/object-parts.ts";
import { checkPermissionSets } from "./references/permission-sets.ts";
import { checkScreens } from "./references/screens.ts";
import { checkSpecialObjects } from "./references/special-objects.ts";
import { checkWebComponents } from "./references/web-components.ts";

/**
 * Checks that the parts of the package fit each other, which a deploy would check and the Metadata
 * API's types cannot say.
 */
export async function checkCrossReferences(source: PackageSource): Promise<Finding[]> {
  const components = await readComponents(source);
  return [
    ...checkNames(components),
    ...checkFieldAttributes(components),
    ...checkSpecialObjects(components),
    ...checkScreens(components),
    ...checkCustomLabels(components),
    ...(await checkCustomMetadataRows(components)),
    ...(await checkPermissionSets(components)),
    ...(await checkObjectParts(components)),
    ...(await checkWebComponents(components)),
  ];
}
