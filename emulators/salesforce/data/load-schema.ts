import { join } from "node:path";
import { prepareFormulas } from "../formula/prepare.ts";
import { OrgSchema } from "../schema/org-schema.ts";
import { readPicklistValues } from "../schema/source/read-field.ts";
import { readMetadataRow } from "../schema/source/read-metadata-row.ts";
import { KeyPrefixes, readObjectFolder } from "../schema/source/read-object.ts";
import { readPermissionSet } from "../schema/source/read-permission-set.ts";
import { refuseSharingRules } from "../schema/source/read-sharing-model.ts";
import { listFolders, listSourceFiles, readXmlFile } from "../schema/source/read-xml.ts";
import { createStandardObjects } from "../schema/standard/index.ts";
import type { MetadataRow, PermissionSetSchema, PicklistValue } from "../schema/types.ts";

/**
 * Builds the org's schema from the standard objects and SFDX source folders, later folders on top
 * of earlier ones. A folder that is missing, or misses parts, adds nothing.
 * @throws Error naming the file when source can't be read
 */
export function loadSchema(
  sourceDirs: readonly string[],
  changedAt: Date,
  keyPrefixes = new KeyPrefixes(),
): OrgSchema {
  const objects = new Map(
    createStandardObjects(changedAt).map((object) => [object.name.toLowerCase(), object]),
  );
  const globals = new Map<string, PicklistValue[]>();
  for (const dir of sourceDirs) {
    for (const file of listSourceFiles(join(dir, "globalValueSets"), ".globalValueSet-meta.xml")) {
      const node = readXmlFile(file.path, "GlobalValueSet");
      globals.set(file.name, readPicklistValues(node, "customValue"));
    }
  }
  for (const dir of sourceDirs) {
    refuseSharingRules(dir);
    for (const folder of listFolders(join(dir, "objects"))) {
      readObjectFolder(folder.path, objects, { globals, changedAt, keyPrefixes });
    }
    applyStandardValueSets(dir, objects);
  }
  const schema = new OrgSchema(
    objects,
    sourceDirs.flatMap(readMetadataRows),
    new Map(sourceDirs.flatMap(readPermissionSets).map((set) => [set.name, set])),
    new Set(
      sourceDirs.flatMap((dir) =>
        listSourceFiles(join(dir, "customPermissions"), ".customPermission-meta.xml").map(
          (file) => file.name,
        ),
      ),
    ),
    new Map(sourceDirs.flatMap(readNotificationTypes)),
  );
  prepareFormulas(schema);
  return schema;
}

function readNotificationTypes(dir: string): (readonly [string, string])[] {
  const folder = join(dir, "notificationtypes");
  return listSourceFiles(folder, ".notiftype-meta.xml").map((file) => {
    const node = readXmlFile(file.path, "CustomNotificationType");
    return [file.name, node.value("masterLabel") ?? file.name];
  });
}

function readMetadataRows(dir: string): MetadataRow[] {
  return listSourceFiles(join(dir, "customMetadata"), ".md-meta.xml").map((file) =>
    readMetadataRow(file.path, file.name),
  );
}

function readPermissionSets(dir: string, sourceIndex: number): PermissionSetSchema[] {
  return listSourceFiles(join(dir, "permissionsets"), ".permissionset-meta.xml").map((file) =>
    readPermissionSet(file.path, file.name, sourceIndex),
  );
}

/** An admin's changes to Campaign's Type and Status lists live in files of their own. */
const standardValueSetFields: Readonly<Record<string, readonly [string, string]>> = {
  CampaignType: ["campaign", "type"],
  CampaignStatus: ["campaign", "status"],
};

function applyStandardValueSets(
  dir: string,
  objects: ReadonlyMap<string, ReturnType<typeof createStandardObjects>[number]>,
): void {
  const folder = join(dir, "standardValueSets");
  for (const file of listSourceFiles(folder, ".standardValueSet-meta.xml")) {
    const [objectName, fieldName] = standardValueSetFields[file.name] ?? [];
    const field = objects.get(objectName ?? "")?.fields.get(fieldName ?? "");
    if (!field) continue;
    const node = readXmlFile(file.path, "StandardValueSet");
    field.picklistValues = readPicklistValues(node, "standardValue");
  }
}
