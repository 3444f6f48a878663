import type { ObjectSchema } from "../schema/types.ts";
import { refuseUnshared } from "./check-sharing.ts";
import { type SaveError, saveError, unknownObject } from "./errors.ts";
import { emptyRow, existingRow } from "./find-row.ts";
import { type AccessMode, prepareValues } from "./prepare-row.ts";
import type { SaveRow } from "./save-row.ts";
import { type SaveResult, saveRows } from "./save-rows.ts";
import type { Transaction } from "./org.ts";
import { findByUniqueValue } from "./unique-fields.ts";

export interface SaveOptions {
  /** One refused row refuses them all. */
  allOrNone: boolean;
  /** @default "user" */
  mode?: AccessMode;
  /** Whether the user's sharing is minded. @default unless in system mode */
  sharing?: boolean;
}

export type RecordInput = Readonly<Record<string, unknown>>;

/**
 * Inserts records; results are in the order of the input.
 * @throws RequestError when the object or a field doesn't exist for this user
 */
export function insertRecords(
  transaction: Transaction,
  objectName: string,
  inputs: readonly RecordInput[],
  options: SaveOptions,
): SaveResult[] {
  const object = requireObject(transaction, objectName);
  const rows = inputs.map((input, index) => insertRow(transaction, object, input, index, options));
  return saveRows(transaction, object, rows, options);
}

/** Updates records by their `Id` (in any case); blank fields are those given as null. */
export function updateRecords(
  transaction: Transaction,
  objectName: string,
  inputs: readonly RecordInput[],
  options: SaveOptions,
): SaveResult[] {
  const object = requireObject(transaction, objectName);
  const rows = inputs.map((input, index) => {
    const given = Object.entries(input).find(([name]) => name.toLowerCase() === "id")?.[1];
    return updateRow(transaction, object, given, input, index, options);
  });
  return saveRows(transaction, object, rows, options);
}

/** Updates the record that has the external id or Id, or inserts one; without an Id a new one. */
export function upsertRecords(
  transaction: Transaction,
  objectName: string,
  externalIdField: string,
  inputs: readonly RecordInput[],
  options: SaveOptions,
): SaveResult[] {
  const object = requireObject(transaction, objectName);
  const field = object.fields.get(externalIdField.toLowerCase());
  const seen = new Set<unknown>();
  const rows = inputs.map((input, index) => {
    const value = Object.entries(input).find(
      ([name]) => name.toLowerCase() === externalIdField.toLowerCase(),
    )?.[1];
    const fail = (error: SaveError): SaveRow => ({ ...emptyRow(index, "insert"), errors: [error] });
    if (field?.type === "id") {
      return isBlank(value)
        ? insertRow(transaction, object, withoutId(input), index, options)
        : updateRow(transaction, object, value, input, index, options);
    }
    if (!field || (typeof value !== "string" && typeof value !== "number") || value === "") {
      return fail(saveError("MISSING_ARGUMENT", `${externalIdField} not specified`, []));
    }
    if (seen.has(value)) {
      return fail(
        saveError("DUPLICATE_VALUE", `Duplicate external id specified: ${value}`, [field.name]),
      );
    }
    seen.add(value);
    const found = findByUniqueValue(transaction.org.store, object, field, value);
    if (found.length > 1) {
      const ids = found.map((row) => row.Id).join(", ");
      const text = `${field.name}: more than one record found for external id field: [${ids}]`;
      return fail(saveError("DUPLICATE_EXTERNAL_ID", text, [field.name]));
    }
    const existing = found[0];
    return existing
      ? updateRow(transaction, object, existing.Id, input, index, options)
      : insertRow(transaction, object, input, index, options);
  });
  return saveRows(transaction, object, rows, options);
}

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === "";

function withoutId(input: RecordInput): RecordInput {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name.toLowerCase() !== "id"));
}

/** Puts records into the bin. */
export function deleteRecords(
  transaction: Transaction,
  objectName: string,
  ids: readonly string[],
  options: SaveOptions,
): SaveResult[] {
  return saveExisting(transaction, objectName, ids, "delete", options);
}

/** Takes records out of the bin. */
export function undeleteRecords(
  transaction: Transaction,
  objectName: string,
  ids: readonly string[],
  options: SaveOptions,
): SaveResult[] {
  return saveExisting(transaction, objectName, ids, "undelete", options);
}

function saveExisting(
  transaction: Transaction,
  objectName: string,
  ids: readonly string[],
  operation: "delete" | "undelete",
  options: SaveOptions,
): SaveResult[] {
  const object = requireObject(transaction, objectName);
  const rows = ids.map((given, index) => {
    const row = existingRow(transaction, object, given, index, operation);
    const action = operation === "delete" ? "delete" : "edit";
    if (row.errors.length === 0) checkRights(transaction, object, action, row, options);
    return row;
  });
  return saveRows(transaction, object, rows, options);
}

function requireObject(transaction: Transaction, name: string): ObjectSchema {
  const object = transaction.org.schema.object(name);
  if (!object) throw unknownObject(name);
  return object;
}

function insertRow(
  transaction: Transaction,
  object: ObjectSchema,
  input: RecordInput,
  index: number,
  options: SaveOptions,
): SaveRow {
  const row = emptyRow(index, "insert");
  fill(transaction, object, input, row, options);
  checkRights(transaction, object, "create", row, options);
  return row;
}

function updateRow(
  transaction: Transaction,
  object: ObjectSchema,
  id: unknown,
  input: RecordInput,
  index: number,
  options: SaveOptions,
): SaveRow {
  const row = existingRow(transaction, object, id, index, "update");
  fill(transaction, object, input, row, options);
  if (row.id !== null) checkRights(transaction, object, "edit", row, options);
  return row;
}

function fill(
  transaction: Transaction,
  object: ObjectSchema,
  input: RecordInput,
  row: SaveRow,
  options: SaveOptions,
): void {
  const operation = row.operation === "insert" ? "insert" : "update";
  const prepared = prepareValues(transaction, object, input, operation, options.mode ?? "user");
  for (const [field, value] of prepared.values) row.values.set(field.name, value);
  row.errors.push(...prepared.errors);
}

/** The user's rights on the object, and sharing: each is minded or not by itself. */
function checkRights(
  transaction: Transaction,
  object: ObjectSchema,
  action: "create" | "edit" | "delete",
  row: SaveRow,
  { mode, sharing = mode !== "system" }: SaveOptions,
): void {
  if (mode !== "system" && !transaction.access.canDo(object, action)) {
    row.errors = [
      saveError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", []),
    ];
  } else if (sharing) refuseUnshared(transaction, object, row);
}
