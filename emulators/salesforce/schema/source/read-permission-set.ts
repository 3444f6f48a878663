import type { PermissionSetSchema } from "../types.ts";
import { readXmlFile } from "./read-xml.ts";

/** A `permissionsets/<Name>.permissionset-meta.xml` file: what it grants, by lower-case names. */
export function readPermissionSet(
  path: string,
  name: string,
  sourceIndex: number,
): PermissionSetSchema {
  const node = readXmlFile(path, "PermissionSet");
  const enabled = (element: string, key: string): string[] =>
    node
      .all(element)
      .filter((entry) => entry.flag("enabled") === true)
      .flatMap((entry) => entry.value(key) ?? []);
  const fields: PermissionSetSchema["fields"] = new Map();
  for (const entry of node.all("fieldPermissions")) {
    fields.set((entry.value("field") ?? "").toLowerCase(), {
      readable: entry.flag("readable") === true || entry.flag("editable") === true,
      editable: entry.flag("editable") === true,
    });
  }
  const objects: PermissionSetSchema["objects"] = new Map();
  for (const entry of node.all("objectPermissions")) {
    objects.set((entry.value("object") ?? "").toLowerCase(), {
      read: entry.flag("allowRead") === true,
      create: entry.flag("allowCreate") === true,
      edit: entry.flag("allowEdit") === true,
      delete: entry.flag("allowDelete") === true,
      viewAll: entry.flag("viewAllRecords") === true,
      modifyAll: entry.flag("modifyAllRecords") === true,
    });
  }
  return {
    name,
    label: node.value("label") ?? name,
    sourceIndex,
    fields,
    objects,
    customPermissions: enabled("customPermissions", "name"),
    customMetadataTypes: new Set(
      enabled("customMetadataTypeAccesses", "name").map((type) => type.toLowerCase()),
    ),
    userPermissions: enabled("userPermissions", "name"),
  };
}
