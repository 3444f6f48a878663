/** Apex DML: records to rows, one platform write per object type, results back onto the records. */
import type { AccessMode, Row, WriteOperation, WriteResult } from "../ports.ts";
import { PlatformError } from "../ports.ts";
import { ListValue } from "../values/collections.ts";
import type { ExceptionValue } from "../values/object-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { ApexThrow } from "./apex-throw.ts";
import { fieldValueOf } from "./field-values.ts";
import { mixedDmlProblem } from "./mixed-dml.ts";
import type { Runtime } from "./runtime.ts";

export interface DmlOptions {
  readonly operation: WriteOperation;
  readonly allOrNone: boolean;
  readonly mode: AccessMode;
  readonly externalIdField: string;
}

/** The records of a DML target: one record or a list. */
export function recordsOf(rt: Runtime, target: Value): SObjectValue[] {
  const items = target instanceof ListValue ? target.items : [target];
  return items.map((item) => {
    if (item instanceof SObjectValue) return item;
    throw rt.nullPointer();
  });
}

/** `insert x;` and its kin: everything or a DmlException. */
export function dmlAll(
  rt: Runtime,
  operation: WriteOperation,
  target: Value,
  externalIdField: string | null,
  mode: AccessMode | null,
): void {
  runDml(rt, recordsOf(rt, target), {
    operation,
    allOrNone: true,
    mode: mode ?? "system",
    externalIdField: externalIdField ?? "Id",
  });
}

export function runDml(
  rt: Runtime,
  records: readonly SObjectValue[],
  options: DmlOptions,
): WriteResult[] {
  if (records.length === 0) return [];
  checkRecords(rt, records, options);
  rt.count("dmlStatements");
  rt.count("dmlRows", records.length);
  const savepoint = rt.transaction.savepoint();
  const results = new Map<SObjectValue, WriteResult>();
  for (const [object, rows] of groupByObject(records))
    writeObject(rt, object, rows, options, results);
  const ordered = records.map((record) => results.get(record) ?? noResult);
  const failed = ordered.some((result) => !result.success);
  if (failed && options.allOrNone) {
    rt.transaction.rollback(savepoint);
    throw dmlException(rt, options.operation, records, ordered);
  }
  records.forEach((record, index) => applyResult(record, ordered[index] ?? noResult, options));
  return ordered;
}

const noResult: WriteResult = { id: null, success: false, created: false, errors: [] };

function groupByObject(records: readonly SObjectValue[]): Map<string, SObjectValue[]> {
  const groups = new Map<string, SObjectValue[]>();
  for (const record of records) {
    const group = groups.get(record.object.name);
    if (group) group.push(record);
    else groups.set(record.object.name, [record]);
  }
  return groups;
}

/**
 * Only users with the feature licence Marketing User edit Campaigns; that Apex refuses others too, and in
 * these words, is unverified.
 */
function refuseWithoutMarketingUser(
  rt: Runtime,
  records: readonly SObjectValue[],
  operation: WriteOperation,
): void {
  if (rt.user.marketingUser || records.every(({ object }) => object.name !== "Campaign")) return;
  throw rt.error(
    "TypeException",
    `DML operation ${operation.toUpperCase()} not allowed on Campaign`,
  );
}

/** What Apex refuses before it asks the database. */
function checkRecords(rt: Runtime, records: readonly SObjectValue[], options: DmlOptions): void {
  const { operation } = options;
  refuseWithoutMarketingUser(rt, records, operation);
  if (operation === "insert" && records.some((record) => record.id !== null))
    throw singleFailure(rt, operation, records, (record) => record.id !== null, {
      statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
      message: "cannot specify Id in an insert call",
      fields: ["Id"],
    });
  if (["update", "delete", "undelete"].includes(operation) && options.allOrNone) {
    if (records.some((record) => record.id === null))
      throw singleFailure(rt, operation, records, (record) => record.id === null, {
        statusCode: "MISSING_ARGUMENT",
        message: `Id not specified in an ${operation} call`,
        fields: [],
      });
  }
  const seen = new Set<string>();
  for (const record of records) {
    if (record.id === null) continue;
    if (seen.has(record.id)) throw rt.error("ListException", `Duplicate id in list: ${record.id}`);
    seen.add(record.id);
  }
}

function singleFailure(
  rt: Runtime,
  operation: WriteOperation,
  records: readonly SObjectValue[],
  isBad: (record: SObjectValue) => boolean,
  error: { statusCode: string; message: string; fields: string[] },
): ApexThrow {
  const results = records.map(
    (record): WriteResult =>
      isBad(record)
        ? { id: null, success: false, created: false, errors: [error] }
        : { id: null, success: true, created: false, errors: [] },
  );
  return dmlException(rt, operation, records, results);
}

function writeObject(
  rt: Runtime,
  object: string,
  records: readonly SObjectValue[],
  options: DmlOptions,
  results: Map<SObjectValue, WriteResult>,
): void {
  const mixed = mixedDmlProblem(rt.dmlKinds, object, options.operation);
  if (mixed !== null) {
    const error = { statusCode: "MIXED_DML_OPERATION", message: mixed, fields: [] };
    for (const record of records)
      results.set(record, { id: null, success: false, created: false, errors: [error] });
    return;
  }
  const rows = records.map((record) => rowOf(record));
  try {
    const sharing = options.mode === "user" || rt.sharing;
    const answers = rt.transaction.write({ ...options, object, rows, sharing }, rt.userId);
    records.forEach((record, index) => results.set(record, answers[index] ?? noResult));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const { statusCode, message } = error;
    const failed = { statusCode, message, fields: [] };
    for (const record of records)
      results.set(record, { id: null, success: false, created: false, errors: [failed] });
  }
  // The platform turns what a trigger throws into row errors; limits and assertions go on up.
  if (rt.fatal) throw rt.fatal;
}

/** Fields that were set, relationships left out. */
export function rowOf(record: SObjectValue): Row {
  const row: Record<string, Row[string]> = {};
  for (const [key, value] of record.fields) {
    const field = record.object.fields.get(key);
    if (!field || skippedFields.has(key) || field.calculated) continue;
    row[field.name] = fieldValueOf(value);
  }
  return row;
}

/** A queried record carries them along; they are not written. */
const skippedFields = new Set([
  "createddate",
  "createdbyid",
  "lastmodifieddate",
  "lastmodifiedbyid",
  "systemmodstamp",
  "isdeleted",
]);

function applyResult(record: SObjectValue, result: WriteResult, options: DmlOptions): void {
  record.errors = [];
  if (result.success && result.id !== null && !["delete"].includes(options.operation))
    record.fields.set("id", result.id);
}

const failedWords: Readonly<Record<WriteOperation, string>> = {
  insert: "Insert",
  update: "Update",
  upsert: "Upsert",
  delete: "Delete",
  undelete: "Undelete",
};

/** `Insert failed. First exception on row 0; first error: CODE, message: [Fields]`. */
export function dmlException(
  rt: Runtime,
  operation: WriteOperation,
  records: readonly SObjectValue[],
  results: readonly WriteResult[],
): ApexThrow {
  const thrown = rt.error("DmlException", "");
  const failures = results.flatMap((result, index) =>
    result.success
      ? []
      : result.errors
          .filter((error) => error.statusCode !== "ALL_OR_NONE_OPERATION_ROLLED_BACK")
          .map((error) => ({ index, id: records[index]?.id ?? null, ...error })),
  );
  const [first] = failures;
  const withId = first?.id ? ` with id ${first.id}` : "";
  const fields = first ? `[${first.fields.join(", ")}]` : "[]";
  const exception: ExceptionValue = thrown.exception;
  exception.failures = failures;
  exception.message = `${failedWords[operation]} failed. First exception on row ${first?.index ?? 0}${withId}; first error: ${first?.statusCode ?? "UNKNOWN_EXCEPTION"}, ${first?.message ?? ""}: ${fields}`;
  return new ApexThrow(exception);
}
