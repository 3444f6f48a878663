import type { FieldType, FieldValue } from "../schema/types.ts";

/** One field of a result: a value with its type, the record behind a lookup, or a sub-query's rows. */
export type ResultField =
  | { readonly name: string; readonly type: FieldType; readonly value: FieldValue }
  | { readonly name: string; readonly related: ResultRow | null }
  | { readonly name: string; readonly children: readonly ResultRow[] };

/** A record of a query's answer, its fields in the order in which they were asked for. */
export interface ResultRow {
  /** `AggregateResult` for groups. */
  readonly objectName: string;
  readonly id: string | null;
  readonly fields: readonly ResultField[];
}

export interface QueryAnswer {
  readonly totalSize: number;
  /** Empty for `SELECT COUNT()`, whose answer is the size alone. */
  readonly rows: readonly ResultRow[];
  /** Custom long and rich texts in the SELECT list, which make pages smaller. */
  readonly longTextColumns: number;
}
