import { createHash } from "node:crypto";
import type { OrgSchema } from "../../schema/org-schema.ts";
import type { FieldSchema, FieldValue, ObjectSchema } from "../../schema/types.ts";

type Row = Readonly<Record<string, FieldValue>>;

function entityRow(object: ObjectSchema): Row {
  return {
    Id: object.name,
    DurableId: object.name,
    QualifiedApiName: object.name,
    DeveloperName: object.name.replace(/__(c|mdt|e)$/, ""),
    NamespacePrefix: null,
    Label: object.label,
    PluralLabel: object.labelPlural,
    KeyPrefix: object.keyPrefix,
    IsQueryable: object.kind !== "platform_event",
    IsCustomizable: true,
    IsCustomSetting: false,
  };
}

const dataTypeLabels: Readonly<Record<string, (field: FieldSchema) => string>> = {
  string: (field) => `Text(${field.length})`,
  textarea: (field) => `Long Text Area(${field.length})`,
  picklist: () => "Picklist",
  multipicklist: () => "Picklist (Multi-Select)",
  boolean: () => "Checkbox",
  double: (field) => `Number(${field.precision - field.scale}, ${field.scale})`,
  int: (field) => `Number(${field.precision}, 0)`,
  currency: (field) => `Currency(${field.precision - field.scale}, ${field.scale})`,
  percent: (field) => `Percent(${field.precision - field.scale}, ${field.scale})`,
  date: () => "Date",
  datetime: () => "Date/Time",
  time: () => "Time",
  email: () => "Email",
  phone: () => "Phone",
  url: () => "URL(255)",
  reference: (field) => `Lookup(${field.referenceTo.join(",")})`,
};

/** What Salesforce calls a field for good: by name when it is standard, by Id when it is custom. */
export function durableIdOf(objectName: string, field: FieldSchema): string {
  if (!field.custom) return `${objectName}.${field.name}`;
  const digest = createHash("sha256").update(`${objectName}.${field.name}`).digest("hex");
  return `${objectName}.00N${digest.slice(0, 12)}`;
}

function fieldRow(object: ObjectSchema, field: FieldSchema): Row {
  return {
    Id: `${object.name}.${field.name}`,
    DurableId: durableIdOf(object.name, field),
    QualifiedApiName: field.name,
    DeveloperName: field.name.replace(/__c$/, ""),
    NamespacePrefix: null,
    Label: field.label,
    MasterLabel: field.label,
    DataType: dataTypeLabels[field.type]?.(field) ?? field.type,
    EntityDefinitionId: object.name,
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
    IsCalculated: field.calculated,
    IsNillable: field.nillable,
  };
}

export function entityDefinitionRows(schema: OrgSchema): Row[] {
  return schema.objects().map(entityRow);
}

export function fieldDefinitionRows(schema: OrgSchema): Row[] {
  return schema
    .objects()
    .flatMap((object) => [...object.fields.values()].map((field) => fieldRow(object, field)));
}

/** The definition of one field; null when the object or the field is gone. */
export function fieldDefinitionRow(
  schema: OrgSchema,
  objectName: string,
  fieldName: string,
): Row | null {
  const object = schema.object(objectName);
  const field = object?.fields.get(fieldName.toLowerCase());
  return object && field ? fieldRow(object, field) : null;
}
