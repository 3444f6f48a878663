import { createHash } from "node:crypto";
import { toId18 } from "../ids.ts";
import type { Org } from "../org.ts";
import type { FieldValue } from "../../schema/types.ts";

function idOf(prefix: string, name: string): string {
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 12);
  return toId18(`${prefix}${digest}`) ?? "";
}

type Row = Readonly<Record<string, FieldValue>>;

/** One row for each custom permission of the source folders. */
export function customPermissionRows(org: Org): Row[] {
  return [...org.schema.customPermissions].map((name) => ({
    Id: idOf("0CP", name),
    DeveloperName: name,
    MasterLabel: name.replaceAll("_", " "),
    NamespacePrefix: null,
  }));
}

/** One row for each custom permission that a permission set grants. */
export function setupEntityAccessRows(org: Org): Row[] {
  return [...org.store.rows("PermissionSet")].flatMap((row) => {
    const granted = org.schema.permissionSets.get(String(row.Name))?.customPermissions ?? [];
    return granted.map((name) => ({
      Id: idOf("0J0", `${row.Id}.${name}`),
      ParentId: row.Id,
      SetupEntityId: idOf("0CP", name),
      SetupEntityType: "CustomPermission",
    }));
  });
}

/** One row for each field that a permission set grants, as FieldPermissions shows them. */
export function fieldPermissionRows(org: Org): Row[] {
  return [...org.store.rows("PermissionSet")].flatMap((row) => {
    const grants = org.schema.permissionSets.get(String(row.Name))?.fields ?? [];
    return [...grants].flatMap(([key, grant]) => {
      const [objectName = "", fieldName = ""] = key.split(".");
      const object = org.schema.object(objectName);
      const field = object?.fields.get(fieldName);
      if (!object || !field) return [];
      return {
        Id: idOf("01k", `${row.Id}.${key}`),
        ParentId: row.Id,
        SobjectType: object.name,
        Field: `${object.name}.${field.name}`,
        PermissionsRead: grant.readable,
        PermissionsEdit: grant.editable,
      };
    });
  });
}
