import type { OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import type { FieldValue, ObjectSchema } from "../schema/types.ts";
import { compareValues } from "./compare.ts";
import { type FieldPath, resolvePath } from "./field-path.ts";
import { malformed } from "./parse-query.ts";
import type { QueryContext, QueryRow } from "./query-context.ts";

/** ORDER BY. Blanks come first unless NULLS LAST is said; picklists follow their list of values. */
export function orderRows(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  rows: QueryRow[],
): QueryRow[] {
  const clauses = [query.orderBy ?? []].flat();
  if (clauses.length === 0) return rows;
  const keys = clauses.map((clause) => readKey(context, object, query, clause));
  return rows.sort((left, right) => {
    for (const key of keys) {
      const order = key(left, right);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function readKey(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  clause: OrderByClause,
): (left: QueryRow, right: QueryRow) => number {
  if (!("field" in clause)) throw malformed(context.soql, "ORDER BY takes fields only here");
  const path = resolvePath(context, object, clause.field, query.sObjectAlias);
  const sign = clause.order === "DESC" ? -1 : 1;
  const blankSign = clause.nulls === "LAST" ? 1 : -1;
  return (left, right) => {
    const a = path.value(left);
    const b = path.value(right);
    if (a === null || b === null) return a === b ? 0 : a === null ? blankSign : -blankSign;
    return sign * compareInOrder(path, a, b);
  };
}

function compareInOrder(path: FieldPath, a: FieldValue, b: FieldValue): number {
  if (path.field.type === "picklist") {
    const place = (value: FieldValue): number =>
      path.field.picklistValues.findIndex((entry) => entry.value === value);
    if (place(a) !== place(b)) return place(a) - place(b);
  }
  return compareValues(path.field, a, b);
}
