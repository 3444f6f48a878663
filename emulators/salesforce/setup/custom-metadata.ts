import { brokenRules } from "../data/check-rules.ts";
import type { Org } from "../data/org.ts";
import { wholeSecond } from "../data/convert-time.ts";
import type { StoredRecord } from "../data/store.ts";
import type { FieldSchema, FieldValue } from "../schema/types.ts";

/** A custom metadata row as source or an admin gives it; fields that are not named stay as they are. */
export interface MetadataRowChange {
  readonly objectName: string;
  readonly developerName: string;
  readonly label?: string | undefined;
  readonly values: ReadonlyMap<string, FieldValue>;
  /** Puts the row past its type's validation rules. @default false */
  readonly pastRules?: boolean;
  /** Whether the row stands at once; else it stands with the transaction. @default true */
  readonly commit?: boolean;
}

/**
 * Adds a custom metadata row or changes the one with this name, as a deployment does: no trigger runs,
 * validation rules do.
 * @throws Error when there is no such type or field, or a validation rule refuses the row
 */
export function putMetadataRow(org: Org, change: MetadataRowChange): StoredRecord {
  const object = org.schema.object(change.objectName);
  if (object?.kind !== "custom_metadata") {
    throw new Error(`There is no custom metadata type ${change.objectName}.`);
  }
  const existing = findMetadataRow(org, object.name, change.developerName);
  const values: Record<string, FieldValue> = {};
  for (const field of object.fields.values()) {
    if (field.custom && !existing) values[field.name] = defaultOf(field);
  }
  for (const [name, value] of change.values) {
    const field = object.fields.get(name.toLowerCase());
    if (!field?.custom) throw new Error(`${object.name} has no field ${name}.`);
    values[field.name] = readValue(field, value);
  }
  const label = change.label ?? existing?.MasterLabel ?? change.developerName;
  const row: StoredRecord = {
    Language: "en_US",
    NamespacePrefix: null,
    ...existing,
    ...values,
    Id: existing?.Id ?? org.newId(object),
    DeveloperName: change.developerName,
    MasterLabel: label,
    Label: label,
    QualifiedApiName: change.developerName,
    SystemModstamp: wholeSecond(org.now()),
  };
  const [broken] = brokenRules({ org, user: null }, object, row, existing ?? null);
  if (broken && change.pastRules !== true)
    throw new Error(`${object.name}.${change.developerName}: ${broken.message}`);
  org.store.put(object.name, row);
  if (change.commit !== false) org.store.commit();
  return row;
}

/**
 * @param commit whether it is gone at once; else it goes with the transaction
 * @returns whether there was such a row
 */
export function removeMetadataRow(
  org: Org,
  objectName: string,
  developerName: string,
  commit = true,
): boolean {
  const row = findMetadataRow(org, objectName, developerName);
  if (row) org.store.remove(objectName, row.Id);
  if (commit) org.store.commit();
  return row !== undefined;
}

function findMetadataRow(
  org: Org,
  objectName: string,
  developerName: string,
): StoredRecord | undefined {
  return [...org.store.rows(objectName)].find(
    (row) => String(row.DeveloperName).toLowerCase() === developerName.toLowerCase(),
  );
}

function defaultOf(field: FieldSchema): FieldValue {
  const preset = field.picklistValues.find((value) => value.defaultValue);
  return field.defaultValue ?? preset?.value ?? null;
}

/** Source files hold every value as text. */
function readValue(field: FieldSchema, value: FieldValue): FieldValue {
  if (typeof value !== "string") return value;
  if (field.type === "boolean") return value === "true";
  const isNumber = ["double", "int", "percent", "currency"].includes(field.type);
  return isNumber ? Number(value) : value;
}
