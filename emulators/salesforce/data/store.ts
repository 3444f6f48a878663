import type { FieldValue } from "../schema/types.ts";

/** A record at rest. Fields that are absent are null. Rows are replaced, never changed. */
export type StoredRecord = Readonly<Record<string, FieldValue>> & { readonly Id: string };

interface Table {
  rows: Map<string, StoredRecord>;
  /** By field, then by indexed value: the Ids that have it. */
  indexes: Map<string, Map<string, Set<string>>>;
}

interface Undo {
  objectName: string;
  id: string;
  before: StoredRecord | undefined;
}

/**
 * The rows of the org, by object. Every write is remembered until `commit`, so that any part of a
 * transaction can be taken back.
 */
export class RecordStore {
  private readonly tables = new Map<string, Table>();
  private undoLog: Undo[] = [];

  get(objectName: string, id: string): StoredRecord | undefined {
    return this.table(objectName).rows.get(id);
  }

  /** All rows, deleted ones too, in order of creation. */
  rows(objectName: string): Iterable<StoredRecord> {
    return this.table(objectName).rows.values();
  }

  put(objectName: string, record: StoredRecord): void {
    this.undoLog.push({ objectName, id: record.Id, before: this.get(objectName, record.Id) });
    this.write(objectName, record.Id, record);
  }

  /** Takes the row out for good. Records that people delete stay, marked IsDeleted. */
  remove(objectName: string, id: string): void {
    this.undoLog.push({ objectName, id, before: this.get(objectName, id) });
    this.write(objectName, id, undefined);
  }

  /** Ids of the rows that have this value; the index is made on first use. */
  idsByValue(objectName: string, fieldName: string, key: string): readonly string[] {
    const table = this.table(objectName);
    let index = table.indexes.get(fieldName);
    if (!index) {
      index = new Map();
      table.indexes.set(fieldName, index);
      for (const row of table.rows.values()) addToIndex(index, row[fieldName], row.Id);
    }
    return [...(index.get(key) ?? [])];
  }

  savepoint(): number {
    return this.undoLog.length;
  }

  rollbackTo(savepoint: number): void {
    for (const undo of this.undoLog.splice(savepoint).reverse()) {
      this.write(undo.objectName, undo.id, undo.before);
    }
  }

  commit(): void {
    this.undoLog = [];
  }

  clear(): void {
    this.tables.clear();
    this.undoLog = [];
  }

  private write(objectName: string, id: string, record: StoredRecord | undefined): void {
    const table = this.table(objectName);
    const before = table.rows.get(id);
    for (const [fieldName, index] of table.indexes) {
      if (before) removeFromIndex(index, before[fieldName], id);
      if (record) addToIndex(index, record[fieldName], id);
    }
    if (record) table.rows.set(id, record);
    else table.rows.delete(id);
  }

  private table(objectName: string): Table {
    const key = objectName.toLowerCase();
    let table = this.tables.get(key);
    if (!table) {
      table = { rows: new Map(), indexes: new Map() };
      this.tables.set(key, table);
    }
    return table;
  }
}

/** What an index files a value under: text without case; who minds the case checks the row. */
export function indexKey(value: FieldValue): string {
  return String(value).toLowerCase();
}

function addToIndex(
  index: Map<string, Set<string>>,
  value: FieldValue | undefined,
  id: string,
): void {
  if (value === null || value === undefined) return;
  const key = indexKey(value);
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

function removeFromIndex(
  index: Map<string, Set<string>>,
  value: FieldValue | undefined,
  id: string,
): void {
  if (value === null || value === undefined) return;
  const ids = index.get(indexKey(value));
  ids?.delete(id);
  if (ids?.size === 0) index.delete(indexKey(value));
}
