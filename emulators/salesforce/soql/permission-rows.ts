import { createHash } from "node:crypto";
import type { Org } from "../data/org.ts";
import type { FieldValue } from "../schema/types.ts";

/** One row for each field that a permission set grants, as FieldPermissions shows them. */
export function fieldPermissionRows(org: Org): Readonly<Record<string, FieldValue>>[] {
  return [...org.store.rows("PermissionSet")].flatMap((row) => {
    const grants = org.schema.permissionSets.get(String(row.Name))?.fields ?? [];
    return [...grants].flatMap(([key, grant]) => {
      const [objectName = "", fieldName = ""] = key.split(".");
      const object = org.schema.object(objectName);
      const field = object?.fields.get(fieldName);
      if (!object || !field) return [];
      const digest = createHash("sha256").update(`${row.Id}.${key}`).digest("hex");
      return {
        Id: `01k${digest.slice(0, 12)}AAA`,
        ParentId: row.Id,
        SobjectType: object.name,
        Field: `${object.name}.${field.name}`,
        PermissionsRead: grant.readable,
        PermissionsEdit: grant.editable,
      };
    });
  });
}
