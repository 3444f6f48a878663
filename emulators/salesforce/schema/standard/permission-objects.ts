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

/**
 * Who has which permission set or group of them. The assignment to a group names the group; whether it
 * names a permission set beside (of type Group) is unverified, so it does not here.
 */
export function permissionSetAssignmentFields(): FieldSchema[] {
  return [
    ...identityFields("Permission Set Assignment").filter((field) => field.name === "Id"),
    {
      ...lookup("PermissionSetId", "Permission Set ID", "PermissionSet", "PermissionSet"),
      nillable: true,
    },
    {
      ...lookup(
        "PermissionSetGroupId",
        "Permission Set Group ID",
        "PermissionSetGroup",
        "PermissionSetGroup",
      ),
      nillable: true,
    },
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

export function permissionSetGroupFields(): FieldSchema[] {
  return [
    ...identityFields("Permission Set Group").filter((field) => field.name === "Id"),
    defineField({
      name: "DeveloperName",
      label: "API Name",
      type: "string",
      length: 80,
      nillable: false,
    }),
    defineField({
      name: "MasterLabel",
      label: "Label",
      type: "string",
      length: 80,
      nillable: false,
      nameField: true,
    }),
    ...auditFields(),
  ];
}

/** Which permission sets a group holds. */
export function permissionSetGroupComponentFields(): FieldSchema[] {
  return [
    ...identityFields("Permission Set Group Component").filter((field) => field.name === "Id"),
    lookup(
      "PermissionSetGroupId",
      "Permission Set Group ID",
      "PermissionSetGroup",
      "PermissionSetGroup",
    ),
    lookup("PermissionSetId", "Permission Set ID", "PermissionSet", "PermissionSet"),
    ...auditFields().filter((field) => field.name === "SystemModstamp"),
  ];
}

/** Rows of this object are made from the source folders on every read. */
export function customPermissionFields(): FieldSchema[] {
  return [
    ...identityFields("Custom Permission").filter((field) => field.name === "Id"),
    readOnlyField({
      name: "DeveloperName",
      label: "Name",
      type: "string",
      length: 80,
      nameField: true,
    }),
    readOnlyField({ name: "MasterLabel", label: "Label", type: "string", length: 80 }),
    readOnlyField({ name: "NamespacePrefix", label: "Namespace", type: "string", length: 15 }),
  ];
}

/** Rows of this object are made from the permission sets on every read: custom permissions only. */
export function setupEntityAccessFields(): FieldSchema[] {
  return [
    ...identityFields("Setup Entity Access").filter((field) => field.name === "Id"),
    lookup("ParentId", "Parent ID", "PermissionSet", "Parent"),
    lookup("SetupEntityId", "Setup Entity ID", "CustomPermission", "SetupEntity"),
    readOnlyField({
      name: "SetupEntityType",
      label: "Setup Entity Type",
      type: "picklist",
      length: 40,
    }),
  ];
}

/** Rows of this object are made for the records that a query asks about. */
export function userRecordAccessFields(): FieldSchema[] {
  return [
    ...identityFields("User Record Access").filter((field) => field.name === "Id"),
    lookup("UserId", "User ID", "User", "User"),
    lookup("RecordId", "Record ID", "Campaign", "Record"),
    readOnlyField({ name: "HasReadAccess", label: "Has Read Access", type: "boolean" }),
    readOnlyField({ name: "HasEditAccess", label: "Has Edit Access", type: "boolean" }),
    readOnlyField({ name: "HasDeleteAccess", label: "Has Delete Access", type: "boolean" }),
  ];
}
