import { defineField, readOnlyField } from "../define-field.ts";
import type { FieldSchema } from "../types.ts";

/** Id and IsDeleted, which every record has. */
export function identityFields(label: string): FieldSchema[] {
  return [
    readOnlyField({
      name: "Id",
      label: `${label} ID`,
      type: "id",
      length: 18,
      nillable: false,
      defaultedOnCreate: true,
    }),
    readOnlyField({
      name: "IsDeleted",
      label: "Deleted",
      type: "boolean",
      nillable: false,
      defaultedOnCreate: true,
    }),
  ];
}

function auditDate(name: string, label: string): FieldSchema {
  return readOnlyField({
    name,
    label,
    type: "datetime",
    nillable: false,
    defaultedOnCreate: true,
  });
}

function auditUser(name: string, label: string): FieldSchema {
  return readOnlyField({
    name,
    label,
    type: "reference",
    length: 18,
    nillable: false,
    defaultedOnCreate: true,
    referenceTo: ["User"],
    relationshipName: name.replace(/Id$/, ""),
  });
}

/** The five fields that say who wrote a record and when. */
export function auditFields(): FieldSchema[] {
  return [
    auditDate("CreatedDate", "Created Date"),
    auditUser("CreatedById", "Created By ID"),
    auditDate("LastModifiedDate", "Last Modified Date"),
    auditUser("LastModifiedById", "Last Modified By ID"),
    auditDate("SystemModstamp", "System Modstamp"),
  ];
}

/** The owner of a record: the running user unless the writer names another one. */
export function ownerField(): FieldSchema {
  return defineField({
    name: "OwnerId",
    label: "Owner ID",
    type: "reference",
    length: 18,
    nillable: false,
    defaultedOnCreate: true,
    referenceTo: ["User"],
    relationshipName: "Owner",
  });
}
