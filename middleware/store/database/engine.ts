/** The few statements in which the two engines differ. */
import {
  PostgresAdapter,
  sql,
  type Kysely,
  type QueryExecutorProvider,
  type RawBuilder,
  type SelectQueryBuilder,
} from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/**
 * Rows that this transaction is about to change: on PostgreSQL they are locked, and rows that
 * another node has locked are skipped; SQLite has one writer at a time anyway.
 */
export function lockFree<DB, TB extends keyof DB, O>(
  database: Pick<Database, "engine">,
  select: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> {
  return database.engine === "postgres" ? select.forUpdate().skipLocked() : select;
}

/** The same, but waiting for rows that another node has locked. */
export function lockAll<DB, TB extends keyof DB, O>(
  database: Pick<Database, "engine">,
  select: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> {
  return database.engine === "postgres" ? select.forUpdate() : select;
}

/** Rows that stay as they are until this transaction ends. */
export function lockShared<DB, TB extends keyof DB, O>(
  database: Pick<Database, "engine">,
  select: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> {
  return database.engine === "postgres" ? select.forShare() : select;
}

/**
 * Runs what locks rows and changes them in one statement: alone on SQLite, which has no locks of
 * rows, and where a statement is a transaction.
 */
export function lockAndChange<T>(
  database: Pick<Database, "engine" | "query" | "write">,
  work: (query: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  return database.engine === "sqlite" ? work(database.query) : database.write(work);
}

/**
 * Now, in milliseconds since the epoch, for what several processes compare: PostgreSQL's own
 * clock, so that theirs need not agree; `nowMs` on SQLite, which has one process.
 */
export function storeTime(query: QueryExecutorProvider, nowMs: number): RawBuilder<number> {
  return query.getExecutor().adapter instanceof PostgresAdapter
    ? sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`
    : sql<number>`${nowMs}`;
}

/** Pairs of UTF-16 units: only with them do code units and code points sort differently. */
const surrogate = /[\ud800-\udfff]/;

/**
 * Keys without doubles in the one order in which rows are locked everywhere, so that no two
 * transactions wait for each other: by code point, as `lockOrder` has it in the database.
 */
export function inLockOrder<T extends string>(keys: Iterable<T>): T[] {
  const sorted = [...new Set(keys)].sort();
  if (!sorted.some((key) => surrogate.test(key))) return sorted;
  return sorted.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/** The same order, for `order by`: PostgreSQL would sort by the database's own language. */
export function lockOrder(engine: Database["engine"], column: string): RawBuilder<string> {
  return engine === "postgres" ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
}

/** Rows of one statement: SQLite takes at most 32,766 parameters (`SQLITE_MAX_VARIABLE_NUMBER`). */
export const rowsPerStatement = 1_000;

/** What one statement takes at a time, for lists that may be longer. */
export function* inStatements<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += rowsPerStatement) {
    yield items.slice(start, start + rowsPerStatement);
  }
}

type Cells = readonly [string, string | null, ...(string | null)[]];

/**
 * Rows for `update … from`, so that many rows get values of their own in one statement. Columns
 * are called `column1`, `column2` … by both engines and hold text: numbers need a cast.
 */
export function valueRows<Row>(rows: readonly Cells[]): RawBuilder<Row> {
  const lines = rows.map((cells) => sql`(${sql.join(cells)})`);
  return sql<Row>`(values ${sql.join(lines)})`;
}
