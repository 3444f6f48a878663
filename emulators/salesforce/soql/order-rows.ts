import type { OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";
import { compareValues } from "./compare.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse-query.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import type { QueryContext } from "./query-context.ts";

/** ORDER BY. Blanks come first unless NULLS LAST is said; picklists follow their list of values. */
export function orderRows(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  rows: QueryRow[],
): QueryRow[] {
  const clauses = [query.orderBy ?? []].flat();
  if (clauses.length === 0) return rows;
  return sortRows(rows, clauses, (clause) => {
    if (!("field" in clause)) throw malformed(context.soql, "ORDER BY takes fields only here");
    return resolvePath(context, object, clause.field, query.sObjectAlias);
  });
}

/** What ORDER BY compares: a row's value, of the kind of a field. */
export interface SortKey<Row> {
  readonly field: FieldSchema;
  value(row: Row): FieldValue;
}

/** Sorts rows, or groups of them, in place. */
export function sortRows<Row>(
  rows: Row[],
  clauses: readonly OrderByClause[],
  readKey: (clause: OrderByClause) => SortKey<Row>,
): Row[] {
  const keys = clauses.map((clause) => comparison(clause, readKey(clause)));
  return rows.sort((left, right) => {
    for (const key of keys) {
      const order = key(left, right);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function comparison<Row>(
  clause: OrderByClause,
  key: SortKey<Row>,
): (left: Row, right: Row) => number {
  const sign = clause.order === "DESC" ? -1 : 1;
  const blankSign = clause.nulls === "LAST" ? 1 : -1;
  return (left, right) => {
    const a = key.value(left);
    const b = key.value(right);
    if (a === null || b === null) return a === b ? 0 : a === null ? blankSign : -blankSign;
    return sign * compareInOrder(key.field, a, b);
  };
}

function compareInOrder(field: FieldSchema, a: FieldValue, b: FieldValue): number {
  if (field.type === "picklist") {
    const place = (value: FieldValue): number =>
      field.picklistValues.findIndex((entry) => entry.value === value);
    if (place(a) !== place(b)) return place(a) - place(b);
  }
  return compareValues(field, a, b);
}
