import type { ObjectSchema } from "../schema/types.ts";
import { type SaveError, saveError } from "./errors.ts";
import { mayReadRecord, type RecordLevel, recordLevel, recordLevels } from "./record-sharing.ts";
import type { SaveRow } from "./save-row.ts";
import type { Transaction } from "./org.ts";

/** Refuses a row whose record, or a record it is to point at, the user's sharing does not open. */
export function refuseUnshared(transaction: Transaction, object: ObjectSchema, row: SaveRow): void {
  const error = recordProblem(transaction, object, row) ?? lookupProblem(transaction, object, row);
  if (error) row.errors = [error];
}

function recordProblem(
  transaction: Transaction,
  object: ObjectSchema,
  row: SaveRow,
): SaveError | null {
  if (!row.before) return null;
  const level = recordLevel(transaction, object, row.before);
  if (level < recordLevels.read) return unseen();
  if (level >= levelNeeded(transaction, row)) return null;
  return saveError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
}

function levelNeeded({ access }: Transaction, row: SaveRow): RecordLevel {
  if (row.operation !== "update") return recordLevels.all;
  const owner = row.values.get("OwnerId");
  const transfers = owner != null && owner !== row.before?.OwnerId;
  // "Transfer Record" lets a user give away what belongs to others.
  return transfers && !access.hasUserPermission("TransferAnyEntity")
    ? recordLevels.all
    : recordLevels.edit;
}

/** Who sets a lookup must be able to read the record it leads to. */
function lookupProblem(
  transaction: Transaction,
  object: ObjectSchema,
  row: SaveRow,
): SaveError | null {
  const { schema, store } = transaction.org;
  for (const [name, value] of row.values) {
    if (typeof value !== "string" || value === row.before?.[name]) continue;
    if (object.fields.get(name.toLowerCase())?.type !== "reference") continue;
    const target = schema.objectOfPrefix(value.slice(0, 3));
    const record = target && store.get(target.name, value);
    if (target && record && !mayReadRecord(transaction, target, record)) return unseen();
  }
  return null;
}

function unseen(): SaveError {
  return saveError(
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
    "insufficient access rights on cross-reference id",
  );
}
