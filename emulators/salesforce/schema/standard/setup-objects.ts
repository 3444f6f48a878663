import { defineField, readOnlyField } from "../define-field.ts";
import type { FieldSchema } from "../types.ts";
import { auditFields, identityFields } from "./audit-fields.ts";

function text(name: string, label: string, nillable = true): FieldSchema {
  return defineField({ name, label, type: "string", length: 255, nillable });
}

function flag(name: string, label: string): FieldSchema {
  return readOnlyField({ name, label, type: "boolean", nillable: false });
}

export function recordTypeFields(): FieldSchema[] {
  return [
    ...identityFields("Record Type").filter((field) => field.name === "Id"),
    defineField({
      name: "Name",
      label: "Name",
      type: "string",
      length: 80,
      nillable: false,
      nameField: true,
    }),
    text("DeveloperName", "Record Type Name", false),
    text("NamespacePrefix", "Namespace Prefix"),
    text("Description", "Description"),
    text("SobjectType", "SObject Type Name", false),
    defineField({ name: "IsActive", label: "Active", type: "boolean", nillable: false }),
    ...auditFields(),
  ];
}

/** Rows of this object are made from the schema on every read. */
export function entityDefinitionFields(): FieldSchema[] {
  return [
    readOnlyField({ name: "Id", label: "Entity Definition ID", type: "id", length: 18 }),
    text("DurableId", "Durable ID"),
    text("QualifiedApiName", "Qualified API Name", false),
    text("DeveloperName", "Developer Name", false),
    text("NamespacePrefix", "Namespace Prefix"),
    text("Label", "Label", false),
    text("PluralLabel", "Plural Label", false),
    text("KeyPrefix", "Key Prefix"),
    flag("IsQueryable", "Queryable"),
    flag("IsCustomizable", "Customizable"),
    flag("IsCustomSetting", "Custom Setting"),
  ];
}

/** Rows of this object are made from the schema on every read. */
export function fieldDefinitionFields(): FieldSchema[] {
  return [
    readOnlyField({ name: "Id", label: "Field Definition ID", type: "id", length: 18 }),
    text("DurableId", "Durable ID"),
    text("QualifiedApiName", "Qualified API Name", false),
    text("DeveloperName", "Developer Name", false),
    text("NamespacePrefix", "Namespace Prefix"),
    text("Label", "Label", false),
    text("MasterLabel", "Master Label", false),
    text("DataType", "Data Type", false),
    readOnlyField({
      name: "EntityDefinitionId",
      label: "Entity Definition ID",
      type: "reference",
      length: 255,
      referenceTo: ["EntityDefinition"],
      relationshipName: "EntityDefinition",
    }),
    readOnlyField({ name: "Length", label: "Length", type: "int", precision: 9 }),
    readOnlyField({ name: "Precision", label: "Precision", type: "int", precision: 9 }),
    readOnlyField({ name: "Scale", label: "Scale", type: "int", precision: 9 }),
    flag("IsCalculated", "Calculated"),
    flag("IsNillable", "Nillable"),
  ];
}

/** The fields that every custom metadata type has beside its own. */
export function customMetadataFields(label: string): FieldSchema[] {
  return [
    ...identityFields(label).filter((field) => field.name === "Id"),
    readOnlyField({
      name: "DeveloperName",
      label: `${label} Name`,
      type: "string",
      length: 40,
      nillable: false,
    }),
    readOnlyField({
      name: "MasterLabel",
      label: "Label",
      type: "string",
      length: 40,
      nillable: false,
      nameField: true,
    }),
    readOnlyField({ name: "Language", label: "Master Language", type: "picklist", length: 40 }),
    readOnlyField({
      name: "NamespacePrefix",
      label: "Namespace Prefix",
      type: "string",
      length: 15,
    }),
    readOnlyField({ name: "Label", label: "Label", type: "string", length: 40, nillable: false }),
    readOnlyField({
      name: "QualifiedApiName",
      label: "API Name",
      type: "string",
      length: 70,
      nillable: false,
    }),
    readOnlyField({ name: "SystemModstamp", label: "System Modstamp", type: "datetime" }),
  ];
}

/** The fields that every platform event has beside its own. */
export function platformEventFields(): FieldSchema[] {
  return [
    readOnlyField({ name: "ReplayId", label: "Replay ID", type: "string", length: 1000 }),
    readOnlyField({ name: "EventUuid", label: "Event UUID", type: "string", length: 36 }),
    readOnlyField({
      name: "CreatedDate",
      label: "Created Date",
      type: "datetime",
      nillable: false,
      defaultedOnCreate: true,
    }),
    readOnlyField({
      name: "CreatedById",
      label: "Created By ID",
      type: "reference",
      length: 18,
      nillable: false,
      defaultedOnCreate: true,
      referenceTo: ["User"],
      relationshipName: "CreatedBy",
    }),
  ];
}
