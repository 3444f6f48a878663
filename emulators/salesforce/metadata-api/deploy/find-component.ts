import type { Org } from "../../data/org.ts";
import { type ComponentName, keyOf, type SourceFile } from "../format/component.ts";

/** Whether the org has a component; custom metadata are rows, which an admin changes without a deploy. */
export function isInOrg(org: Org, files: readonly SourceFile[], name: ComponentName): boolean {
  if (name.type === "CustomMetadata")
    return metadataRowNames(org).some((row) => keyOf(row) === keyOf(name));
  if (name.type === "CustomLabels") return files.some(({ path }) => path.startsWith("labels/"));
  return files.some(({ component }) => keyOf(component) === keyOf(name));
}

/** The rows of all custom metadata types, as components. */
export function metadataRowNames(org: Org): ComponentName[] {
  return org.schema
    .objects()
    .filter(({ kind }) => kind === "custom_metadata")
    .flatMap(({ name }) =>
      [...org.store.rows(name)].map((row) => ({
        type: "CustomMetadata",
        fullName: `${name.replace(/__mdt$/, "")}.${String(row.DeveloperName)}`,
      })),
    );
}
