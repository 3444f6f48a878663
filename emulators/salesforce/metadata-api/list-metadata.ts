import { currentFiles, type DeployTarget } from "./deploy/deploy-to.ts";
import { metadataRowNames } from "./deploy/find-component.ts";
import { type ComponentName, keyOf } from "./format/component.ts";
import { childNamed, componentTypes, folderTypes, typeNamed } from "./format/component-types.ts";
import { deployedPathOf, placeOf } from "./format/source-paths.ts";

/** A DescribeMetadataResult: the kinds of metadata that this org can hold. */
export function describeMetadata(): object {
  return {
    metadataObjects: componentTypes.map((type) => ({
      childXmlNames: type.children.map(({ name }) => name),
      directoryName: type.directory,
      inFolder: type.inFolder,
      metaFile: type.metaFile || type.suffix === null,
      ...(type.suffix === null ? {} : { suffix: type.suffix }),
      xmlName: type.name,
    })),
    organizationNamespace: "",
    partialSaveAllowed: true,
    testRequired: false,
  };
}

/** FileProperties of the components of these kinds. */
export function listMetadata(
  target: DeployTarget,
  queries: readonly { readonly type: string; readonly folder?: string | undefined }[],
): object[] {
  const names = componentsOfOrg(target);
  return queries
    .flatMap(({ type, folder }) =>
      names
        .filter((name) => name.type === type)
        .filter((name) => folder === undefined || name.fullName.startsWith(`${folder}/`)),
    )
    .map((name) => fileProperties(target, name));
}

/** Every component that the org has, its own objects too. */
export function componentsOfOrg(target: DeployTarget): ComponentName[] {
  const { org } = target;
  const objects = org.schema
    .objects()
    .filter(({ kind, sharingModel }) => kind !== "standard" || sharingModel !== null)
    .filter(({ kind }) => kind !== "definition")
    .map(({ name }) => ({ type: "CustomObject", fullName: name }));
  const files = currentFiles(target)
    .map(({ component }) => component)
    .filter(({ type }) => type !== "CustomMetadata");
  const labels = files.some(({ type }) => type === "CustomLabel")
    ? [{ type: "CustomLabels", fullName: "CustomLabels" }]
    : [];
  const all = [...objects, ...files, ...labels, ...metadataRowNames(org)];
  return [...new Map(all.map((name) => [keyOf(name), name])).values()];
}

/** @returns the FileProperties of one component */
export function fileProperties({ org }: DeployTarget, name: ComponentName): object {
  const [admin] = org.store.rows("User");
  const at = org.now().toISOString();
  return {
    createdById: admin?.Id ?? "",
    createdByName: admin?.Name ?? "",
    createdDate: at,
    fileName: fileNameOf(name),
    fullName: name.fullName,
    id: "",
    lastModifiedById: admin?.Id ?? "",
    lastModifiedByName: admin?.Name ?? "",
    lastModifiedDate: at,
    manageableState: "unmanaged",
    type:
      name.type in folderTypes
        ? name.type
        : (typeNamed(name.type)?.name ?? childNamed(name.type)?.child.name ?? name.type),
  };
}

function fileNameOf(name: ComponentName): string {
  return deployedPathOf(name) ?? placeOf(name.fullName)?.deployedAs ?? name.fullName;
}
