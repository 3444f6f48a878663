import type { ObjectSchema } from "../schema/types.ts";
import { wholeSecond } from "./convert-time.ts";
import { brokenRules } from "./check-rules.ts";
import { checkCurrency } from "./currencies.ts";
import { type SaveError, saveError } from "./errors.ts";
import { checkRecord, defaultValues } from "./prepare-row.ts";
import { runTriggers } from "./run-triggers.ts";
import type { SaveRow } from "./save-row.ts";
import type { StoredRecord } from "./store.ts";
import type { Transaction } from "./org.ts";
import type { DraftRecord, TriggerOperation } from "./triggers.ts";
import { checkUnique } from "./unique-fields.ts";

/** How many rows a trigger sees at once. */
export const triggerChunkSize = 200;

export interface SaveResult {
  /** Null on rows that failed, except those that only shared the failure of others. */
  id: string | null;
  success: boolean;
  created: boolean;
  errors: SaveError[];
}

/**
 * Saves prepared rows in chunks of 200, each chunk by operation: before-triggers, rules, store,
 * after-triggers. A chunk in which rows fail late is taken back and run again without them, so that
 * nothing of a failed row stays, its events included.
 */
export function saveRows(
  transaction: Transaction,
  object: ObjectSchema,
  rows: readonly SaveRow[],
  options: { allOrNone: boolean },
): SaveResult[] {
  const start = transaction.savepoint();
  checkRows(transaction, object, rows);
  for (let first = 0; first < rows.length; first += triggerChunkSize) {
    const chunk = rows.slice(first, first + triggerChunkSize);
    for (const operation of new Set(chunk.map((row) => row.operation))) {
      const same = chunk.filter((row) => row.operation === operation);
      while (!saveChunk(transaction, object, operation, same)) {
        // Again without the rows that failed: each round has fewer.
      }
    }
  }
  const anyFailed = rows.some((row) => row.errors.length > 0);
  if (options.allOrNone && anyFailed) {
    transaction.rollbackTo(start);
    for (const row of rows.filter((each) => each.errors.length === 0)) row.errors = [rolledBack];
  }
  const saved = rows.filter((row) => row.errors.length === 0);
  const { written } = transaction;
  written.set(object.name, (written.get(object.name) ?? 0) + saved.length);
  return rows.map(toResult);
}

const rolledBack = saveError(
  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  "Record rolled back because not all records were valid and the request was using AllOrNone header",
);

function toResult(row: SaveRow): SaveResult {
  const success = row.errors.length === 0;
  const keepsId = success || row.errors[0] === rolledBack;
  return {
    id: keepsId ? row.id : null,
    success,
    created: success && row.operation === "insert",
    errors: row.errors,
  };
}

function checkRows(transaction: Transaction, object: ObjectSchema, rows: readonly SaveRow[]): void {
  for (const row of rows) {
    if (row.errors.length > 0) continue;
    row.id ??= transaction.org.newId(object);
    const draft = draftOf(transaction, object, row);
    for (const check of transaction.org.rowChecks) {
      const error = check({
        objectName: object.name,
        operation: row.operation,
        record: draft,
        index: row.index,
        writtenFields: [...row.values.keys()],
      });
      if (error) row.errors.push(error);
    }
  }
}

/** @returns whether the chunk stands; false when it was taken back because rows failed */
function saveChunk(
  transaction: Transaction,
  object: ObjectSchema,
  operation: TriggerOperation,
  rows: readonly SaveRow[],
): boolean {
  const live = rows.filter((row) => row.errors.length === 0);
  if (live.length === 0) return true;
  const start = transaction.savepoint();
  const drafts = live.map((row) => ({ row, draft: draftOf(transaction, object, row) }));
  runTriggers(transaction, object, "before", operation, drafts);
  for (const { row, draft } of drafts) {
    if (row.errors.length > 0) continue;
    if (operation !== "delete") {
      row.errors.push(...checkRecord(transaction, object, draft, row.before));
      if (row.errors.length === 0 && operation !== "undelete")
        row.errors.push(...brokenRules(transaction, object, draft, row.before));
      const duplicate = checkUnique(transaction.org.store, object, draft);
      if (duplicate) row.errors.push(duplicate);
      const mixed = checkCurrency(transaction.org, object.name, draft, row.before);
      if (mixed) row.errors.push(mixed);
    }
    if (row.errors.length === 0)
      transaction.org.store.put(object.name, stamp(transaction, object, row, draft));
  }
  if (live.every((row) => row.errors.length === 0)) {
    runTriggers(transaction, object, "after", operation, drafts);
  }
  if (live.every((row) => row.errors.length === 0)) return true;
  transaction.rollbackTo(start);
  return false;
}

function draftOf(transaction: Transaction, object: ObjectSchema, row: SaveRow): DraftRecord {
  const base = row.before ?? defaultValues(transaction, object);
  return { ...base, ...Object.fromEntries(row.values), Id: row.id ?? "" };
}

/** Audit fields move with every save, whether a value changed or not. */
function stamp(
  transaction: Transaction,
  object: ObjectSchema,
  row: SaveRow,
  draft: DraftRecord,
): StoredRecord {
  const now = wholeSecond(transaction.org.now());
  if (row.operation === "insert") {
    draft.CreatedDate = now;
    draft.CreatedById = transaction.userId;
    draft.IsDeleted = false;
  } else if (row.operation !== "update") {
    draft.IsDeleted = row.operation === "delete";
  }
  draft.LastModifiedDate = now;
  draft.LastModifiedById = transaction.userId;
  draft.SystemModstamp = now;
  if (object.name === "User") {
    draft.Name = [draft.FirstName, draft.LastName].filter((part) => part != null).join(" ");
  }
  return draft;
}
