import type { SaveResult } from "../data/save-rows.ts";
import { deleteRecords, insertRecords, updateRecords, upsertRecords } from "../data/save.ts";
import type { Transaction } from "../data/org.ts";
import type { RestContext } from "./rest-context.ts";
import { transactCounted } from "./transact-counted.ts";

export const ingestOperations = ["insert", "update", "upsert", "delete"] as const;

export interface IngestRow {
  /** As the client sent it. */
  readonly given: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
  /** A field whose text is no value of its type. */
  readonly unreadable: string | null;
}

/** Triggers see this many at once; each such chunk is a transaction of its own. */
const chunkSize = 200;

/** Writes a job's rows: each has its own result, none holds another back. */
export function saveIngestRows(
  context: RestContext,
  job: {
    readonly object: string;
    readonly operation: (typeof ingestOperations)[number];
    readonly externalIdFieldName?: string | undefined;
    readonly createdById: string;
  },
  rows: readonly IngestRow[],
): SaveResult[] {
  const results: SaveResult[] = [];
  for (let start = 0; start < rows.length; start += chunkSize) {
    const chunk = rows.slice(start, start + chunkSize);
    const readable = chunk.filter(({ unreadable }) => unreadable === null);
    const saved = transactCounted(context, job.createdById, (transaction) =>
      save(
        transaction,
        job,
        readable.map(({ values }) => values),
      ),
    );
    results.push(...chunk.map((row) => refusalOf(row) ?? saved.shift() ?? nothing));
  }
  return results;
}

const nothing: SaveResult = { id: null, success: false, created: false, errors: [] };

function refusalOf({ unreadable, given }: IngestRow): SaveResult | null {
  if (unreadable === null) return null;
  const message = `Failed to deserialize field at ${unreadable}. Due to, '${given[unreadable] ?? ""}' is not a valid value for the type of the field`;
  const statusCode = "INVALID_TYPE_ON_FIELD_IN_RECORD";
  return { ...nothing, errors: [{ statusCode, message, fields: [unreadable] }] };
}

function save(
  transaction: Transaction,
  { object, operation, externalIdFieldName }: Parameters<typeof saveIngestRows>[1],
  records: readonly Readonly<Record<string, unknown>>[],
): SaveResult[] {
  const options = { allOrNone: false };
  switch (operation) {
    case "insert":
      return insertRecords(transaction, object, records, options);
    case "update":
      return updateRecords(transaction, object, records, options);
    case "upsert":
      return upsertRecords(transaction, object, externalIdFieldName ?? "Id", records, options);
    case "delete":
      return deleteRecords(
        transaction,
        object,
        records.map(({ Id }) => String(Id)),
        options,
      );
  }
}
