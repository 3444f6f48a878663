import { defineField, readOnlyField } from "../define-field.ts";
import type { FieldSchema } from "../types.ts";
import { auditFields, identityFields } from "./audit-fields.ts";

/** Rows of this object come from the permission sets in the source folders. */
export function permissionSetFields(): FieldSchema[] {
  return [
    ...identityFields("Permission Set").filter((field) => field.name === "Id"),
    defineField({
      name: "Name",
      label: "Permission Set Name",
      type: "string",
      length: 80,
      nillable: false,
      nameField: true,
    }),
    defineField({ name: "Label", label: "Label", type: "string", length: 80, nillable: false }),
    defineField({ name: "NamespacePrefix", label: "Namespace", type: "string", length: 15 }),
    ...auditFields(),
  ];
}

function lookup(name: string, label: string, target: string, relationship: string): FieldSchema {
  return defineField({
    name,
    label,
    type: "reference",
    length: 18,
    nillable: false,
    updateable: false,
    referenceTo: [target],
    relationshipName: relationship,
  });
}

/** Who has which permission set. */
export function permissionSetAssignmentFields(): FieldSchema[] {
  return [
    ...identityFields("Permission Set Assignment").filter((field) => field.name === "Id"),
    lookup("PermissionSetId", "Permission Set ID", "PermissionSet", "PermissionSet"),
    lookup("AssigneeId", "Assignee ID", "User", "Assignee"),
    ...auditFields().filter((field) => field.name === "SystemModstamp"),
  ];
}

/** Rows of this object are made from the permission sets on every read. */
export function fieldPermissionsFields(): FieldSchema[] {
  return [
    ...identityFields("Field Permissions").filter((field) => field.name === "Id"),
    lookup("ParentId", "Parent ID", "PermissionSet", "Parent"),
    readOnlyField({ name: "SobjectType", label: "SObject Type", type: "picklist", length: 40 }),
    readOnlyField({ name: "Field", label: "Field Name", type: "picklist", length: 255 }),
    readOnlyField({ name: "PermissionsRead", label: "Read Field", type: "boolean" }),
    readOnlyField({ name: "PermissionsEdit", label: "Edit Field", type: "boolean" }),
  ];
}
