import { checkCrossReferences as checkRules } from "../../emulators/salesforce/metadata-api/rules/cross-references.ts";
import type { PackageSource } from "../../emulators/salesforce/metadata-api/rules/package-source.ts";
import type { Finding } from "../../scripts/check/finding.ts";
import { checkCompleteness } from "../../scripts/check/metadata/completeness.ts";

/** Everything about how parts refer to each other: what a deploy refuses, and what only the check does. */
export async function checkCrossReferences(source: PackageSource): Promise<Finding[]> {
  return [...(await checkRules(source)), ...(await checkCompleteness(source))];
}
