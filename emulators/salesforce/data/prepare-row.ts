import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";
import { convertValue } from "./convert-value.ts";
import { type SaveError, saveError, unknownColumn } from "./errors.ts";
import { computeDefault } from "./default-values.ts";
import { checkReference } from "./references.ts";
import { checkPicklist } from "./picklists.ts";
import type { StoredRecord } from "./store.ts";
import type { Transaction } from "./org.ts";
import type { DraftRecord } from "./triggers.ts";

export interface PreparedValues {
  values: Map<FieldSchema, FieldValue>;
  errors: SaveError[];
}

/** Whether field-level security and read-only fields are minded: not for code in system mode. */
export type AccessMode = "user" | "system";

/**
 * Turns what a caller sent for one record into values as they are kept, and says what is wrong.
 * @throws RequestError when a field doesn't exist for this user, or its JSON can't be read
 */
export function prepareValues(
  transaction: Transaction,
  object: ObjectSchema,
  input: Readonly<Record<string, unknown>>,
  operation: "insert" | "update",
  mode: AccessMode,
): PreparedValues {
  const values: PreparedValues["values"] = new Map();
  const errors: SaveError[] = [];
  const locked: string[] = [];
  for (const [name, raw] of Object.entries(input)) {
    if (name === "attributes" || name.toLowerCase() === "id") continue;
    const field =
      mode === "system"
        ? object.fields.get(name.toLowerCase())
        : transaction.access.visibleField(object, name);
    if (!field) throw unknownColumn(name, object.name);
    if (mode === "user" && !isWritable(transaction, object, field, operation)) {
      locked.push(field.name);
      continue;
    }
    const result = convertValue(field, raw);
    if (result.ok) values.set(field, result.value);
    else errors.push(result.error);
  }
  if (locked.length > 0) errors.unshift(notWritable(locked));
  return { values, errors };
}

function isWritable(
  transaction: Transaction,
  object: ObjectSchema,
  field: FieldSchema,
  operation: "insert" | "update",
): boolean {
  const possible = operation === "insert" ? field.createable : field.updateable;
  return possible && transaction.access.canEditField(object, field);
}

function notWritable(fieldNames: readonly string[]): SaveError {
  return saveError(
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    `Unable to create/update fields: ${fieldNames.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fieldNames,
  );
}

/** A new record's defaults, under what the caller wrote. */
export function defaultValues(
  transaction: Transaction,
  object: ObjectSchema,
): Record<string, FieldValue> {
  const defaults: Record<string, FieldValue> = {};
  for (const field of object.fields.values()) {
    const preset = field.picklistValues.find((value) => value.defaultValue && value.active);
    if (preset) defaults[field.name] = preset.value;
    else if (field.autoNumberFormat !== null)
      defaults[field.name] = nextNumber(transaction, field, object);
    else if (field.defaultValue !== null) defaults[field.name] = field.defaultValue;
    else if (field.computedDefault) defaults[field.name] = computeDefault(transaction, field);
  }
  if (object.fields.has("ownerid")) defaults.OwnerId = transaction.userId;
  return defaults;
}

/** `P-{0000}` and the seventh record: `P-0007`. */
function nextNumber(transaction: Transaction, field: FieldSchema, object: ObjectSchema): string {
  const count = transaction.org.ids.count(`${object.name}.${field.name}`);
  return (field.autoNumberFormat ?? "{0}").replace(/\{(0+)\}/, (_, zeros: string) =>
    String(count).padStart(zeros.length, "0"),
  );
}

/** Rules that need the whole record: required fields, picklists, references. */
export function checkRecord(
  transaction: Transaction,
  object: ObjectSchema,
  draft: DraftRecord,
  before: StoredRecord | null,
): SaveError[] {
  const errors: SaveError[] = [];
  const missing: string[] = [];
  for (const field of object.fields.values()) {
    const value = draft[field.name] ?? null;
    if (isRequired(field) && value === null) missing.push(field.name);
    if (value === null || (before !== null && value === before[field.name])) continue;
    const error =
      checkPicklist(transaction, object, field, draft) ??
      checkReference(transaction, object, field, value);
    if (error) errors.push(error);
  }
  if (missing.length > 0) {
    errors.unshift(
      saveError(
        "REQUIRED_FIELD_MISSING",
        `Required fields are missing: [${missing.join(", ")}]`,
        missing,
      ),
    );
  }
  return errors;
}

function isRequired(field: FieldSchema): boolean {
  return !field.nillable && field.createable && field.type !== "boolean" && field.type !== "id";
}
