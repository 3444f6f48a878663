/** One transaction of the org, as the engine uses it. */
import { convertValue } from "../data/convert-value.ts";
import { RequestError } from "../data/errors.ts";
import {
  deleteRecords,
  insertRecords,
  type SaveOptions,
  undeleteRecords,
  updateRecords,
  upsertRecords,
} from "../data/save.ts";
import type { Transaction } from "../data/org.ts";
import type { FieldValue } from "../schema/types.ts";
import { putMetadataRow } from "../setup/custom-metadata.ts";
import { runQuery } from "../soql/run-query.ts";
import {
  type EventRow,
  type MetadataRecord,
  PlatformError,
  type QueryAnswer,
  type QueryOptions,
  type Row,
  type ScheduledJob,
  type TransactionPort,
  type WriteError,
  type WriteRequest,
  type WriteResult,
} from "../../apex/ports.ts";

export class OrgTransaction implements TransactionPort {
  readonly userId: string;
  readonly #transaction: Transaction;
  /** Called with the org's transaction under which another user's writes run. */
  readonly #onActing: (acting: Transaction) => void;

  constructor(transaction: Transaction, onActing: (acting: Transaction) => void) {
    this.#transaction = transaction;
    this.#onActing = onActing;
    this.userId = transaction.userId;
  }

  query(soql: string, userId: string, options: QueryOptions): QueryAnswer {
    return guarded(() => runQuery(this.#transaction.org, userId, soql, options));
  }

  write(request: WriteRequest, userId: string): readonly WriteResult[] {
    return guarded(() => save(this.#as(userId), request));
  }

  afterCommit(work: () => void): void {
    this.#transaction.afterCommit(work);
  }

  savepoint(): unknown {
    return this.#transaction.savepoint();
  }

  rollback(savepoint: unknown): void {
    this.#transaction.rollbackTo(savepoint as ReturnType<Transaction["savepoint"]>);
  }

  publish(
    events: readonly EventRow[],
    userId: string,
    options: { readonly deliver: boolean },
  ): readonly WriteResult[] {
    const acting = this.#as(userId);
    return events.map((event) => publishOne(acting, event, options.deliver));
  }

  schedule({ name, cron, className }: ScheduledJob, userId: string): string | null {
    const { store, ids } = this.#transaction.org;
    if ([...store.rows("CronJobDetail")].some((row) => row.Name === name)) return null;
    const detail = { Id: ids.next("08a"), Name: name, JobType: "7" };
    store.put("CronJobDetail", detail);
    const id = ids.next("08e");
    store.put("CronTrigger", {
      Id: id,
      CronJobDetailId: detail.Id,
      CronExpression: cron,
      State: "WAITING",
      OwnerId: userId,
      CreatedById: userId,
      // Kept beside the fields that queries see: a deployment may not change this class.
      ApexClass: className,
    });
    return id;
  }

  abort(jobId: string): void {
    const { store } = this.#transaction.org;
    const detailId = store.get("CronTrigger", jobId)?.CronJobDetailId;
    store.remove("CronTrigger", jobId);
    if (typeof detailId === "string") store.remove("CronJobDetail", detailId);
  }

  deployMetadata(records: readonly MetadataRecord[]): readonly WriteError[] {
    const { org } = this.#transaction;
    const start = org.store.savepoint();
    const errors = records.flatMap((record, index): WriteError[] => {
      const [typeName = "", developerName = ""] = record.fullName.split(".");
      const values = new Map(Object.entries(record.values));
      const objectName = `${typeName}__mdt`;
      try {
        const row = { objectName, developerName, label: record.label, values };
        for (const check of org.rowChecks) {
          const refused = check({
            ...{ objectName, operation: "update", index },
            record: { Id: "", ...record.values },
            writtenFields: [...values.keys()],
          });
          if (refused) return [{ ...refused, fields: [record.fullName] }];
        }
        putMetadataRow(org, { ...row, commit: false });
        return [];
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        // The component is named beside the reason, not in it.
        const message = text.replace(`${objectName}.${developerName}: `, "");
        return [{ statusCode: "INVALID_TYPE", message, fields: [record.fullName] }];
      }
    });
    // A deployment is all or nothing.
    if (errors.length > 0) org.store.rollbackTo(start);
    return errors;
  }

  /** The transaction as another user has it: same data, same events, that user's rights. */
  #as(userId: string): Transaction {
    const own = this.#transaction;
    if (userId === own.userId) return own;
    const acting = Object.create(own, {
      userId: { value: userId },
      access: { value: own.org.accessOf(userId) },
    }) as Transaction;
    this.#onActing(acting);
    return acting;
  }
}

function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RequestError) throw new PlatformError(error.errorCode, error.message);
    throw error;
  }
}

function save(transaction: Transaction, request: WriteRequest): WriteResult[] {
  const { operation, object, rows, allOrNone, mode, sharing } = request;
  const options = { allOrNone, mode, sharing };
  const ids = (): string[] => rows.map((row) => String(row.Id));
  switch (operation) {
    case "insert":
      return insertRecords(transaction, object, rows, options);
    case "update":
      return updateRecords(transaction, object, rows, options);
    case "delete":
      return deleteRecords(transaction, object, ids(), options);
    case "undelete":
      return undeleteRecords(transaction, object, ids(), options);
    case "upsert":
      return request.externalIdField.toLowerCase() === "id"
        ? upsertById(transaction, object, rows, options)
        : upsertRecords(transaction, object, request.externalIdField, rows, options);
  }
}

/** Records that have an Id are updated, the others inserted. */
function upsertById(
  transaction: Transaction,
  object: string,
  rows: readonly Row[],
  options: SaveOptions,
): WriteResult[] {
  const isKnown = (row: Row): boolean => row.Id != null;
  const updated = updateRecords(transaction, object, rows.filter(isKnown), options);
  const inserted = insertRecords(
    transaction,
    object,
    rows.filter((row) => !isKnown(row)),
    options,
  );
  return rows.map((row): WriteResult => {
    const result = isKnown(row) ? updated.shift() : inserted.shift();
    return result ?? { id: null, success: false, created: false, errors: [] };
  });
}

/** Checks the event's fields as the platform does before it queues it. */
function publishOne(transaction: Transaction, event: EventRow, deliver: boolean): WriteResult {
  const object = transaction.org.schema.object(event.object);
  if (!object) throw new PlatformError("INVALID_TYPE", `Unknown event: ${event.object}`);
  const payload: Record<string, FieldValue> = {};
  const errors: WriteError[] = [];
  for (const [name, raw] of Object.entries(event.fields)) {
    const field = object.fields.get(name.toLowerCase());
    if (!field) continue;
    const result = convertValue(field, raw);
    if (result.ok) payload[field.name] = result.value;
    else errors.push(result.error);
  }
  const missing = [...object.fields.values()]
    .filter((field) => field.custom && !field.nillable && field.type !== "boolean")
    .filter((field) => payload[field.name] == null)
    .map((field) => field.name);
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(", ")}]`;
    errors.push({ statusCode: "REQUIRED_FIELD_MISSING", message, fields: missing });
  }
  if (errors.length > 0) return { id: null, success: false, created: false, errors };
  if (deliver) transaction.publish(object.name, payload);
  return { id: transaction.org.newId(object), success: true, created: true, errors: [] };
}
