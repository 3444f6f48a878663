import type { Query } from "@jetstreamapp/soql-parser-js";
import type { Org } from "../data/org.ts";
import { indexKey } from "../data/store.ts";
import { RequestError } from "../data/errors.ts";
import type { FieldValue, ObjectSchema } from "../schema/types.ts";
import { aggregateRows, isAggregate } from "./aggregate.ts";
import { type ChildColumn, readChildren, withChildren } from "./child-queries.ts";
import { type Condition, holds, readCondition } from "./condition.ts";
import { resolvePath } from "./field-path.ts";
import { orderRows } from "./order-rows.ts";
import { openQuery, type OpenQuery, type QueryOptions } from "./open-query.ts";
import { malformed } from "./parse-query.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import { asSeen, maySee, type QueryContext, requireObject, rowsOf } from "./query-context.ts";
import { recordAccessRows } from "./record-access-rows.ts";
import type { QueryAnswer, ResultRow } from "./result.ts";
import { readColumns, selectRow } from "./select-fields.ts";

export type { QueryOptions };

/**
 * Runs a query as a user.
 * @throws RequestError MALFORMED_QUERY, INVALID_TYPE or INVALID_FIELD
 */
export function runQuery(
  org: Org,
  userId: string,
  soql: string,
  options: QueryOptions = {},
): QueryAnswer {
  return answer(openQuery(org, userId, soql, options));
}

function answer({ context, query, object }: OpenQuery): QueryAnswer {
  const found = orderIfPlain(context, object, query, matchingRows(context, object, query));
  if (isCountOnly(query))
    return { totalSize: limited(query, found).length, rows: [], longTextColumns: 0 };
  if (isAggregate(query)) {
    const rows = limited(query, aggregateRows(context, object, query, found));
    return { totalSize: rows.length, rows, longTextColumns: 0 };
  }
  const columns = readColumns(context, object, query.fields ?? [], query.sObjectAlias);
  refuseUnlimitedFields(query);
  const children = readChildren(context, object, query, childRows);
  const rows = limited(query, found).map((row) =>
    withChildren(selectRow(object, columns, row), row, children),
  );
  const longTexts = columns.filter(({ path: { field } }) => field.custom && !field.filterable);
  return { totalSize: rows.length, rows, longTextColumns: longTexts.length };
}

/** A sub-query's rows in their order: `LIMIT` and `OFFSET` count for each parent by itself. */
function childRows({ context, query, object, lookup }: ChildColumn): Map<string, ResultRow[]> {
  const columns = readColumns(context, object, query.fields ?? [], query.sObjectAlias);
  const children = readChildren(context, object, query, childRows);
  const found = orderRows(context, object, query, matchingRows(context, object, query));
  const byParent = new Map<string, QueryRow[]>();
  for (const row of found) {
    const parentId = String(row[lookup.name]);
    const siblings = byParent.get(parentId);
    if (siblings) siblings.push(row);
    else byParent.set(parentId, [row]);
  }
  return new Map(
    [...byParent].map(([parentId, rows]) => [
      parentId,
      limited(query, rows).map((row) =>
        withChildren(selectRow(object, columns, row), row, children),
      ),
    ]),
  );
}

function isCountOnly(query: Query): boolean {
  const [field] = query.fields ?? [];
  return (
    query.groupBy === undefined &&
    query.fields?.length === 1 &&
    field?.type === "FieldFunctionExpression" &&
    field.functionName.toUpperCase() === "COUNT" &&
    field.parameters.length === 0
  );
}

function refuseUnlimitedFields(query: Query): void {
  const grouped = (query.fields ?? []).some(
    (field) =>
      field.type === "FieldFunctionExpression" &&
      field.functionName.toUpperCase() === "FIELDS" &&
      field.parameters[0] !== "STANDARD",
  );
  if (grouped && (query.limit === undefined || query.limit > 200)) {
    throw new RequestError(
      "MALFORMED_QUERY",
      "The SOQL FIELDS function must have a LIMIT of at most 200",
    );
  }
}

/** SOQL and SOSL Reference, OFFSET. */
const maxOffset = 2000;

function limited<Row>(query: Query, rows: readonly Row[]): readonly Row[] {
  const start = query.offset ?? 0;
  if (start > maxOffset) {
    throw new RequestError("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
  }
  return rows.slice(start, query.limit === undefined ? undefined : start + query.limit);
}

function orderIfPlain(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  rows: QueryRow[],
): QueryRow[] {
  return isAggregate(query) ? rows : orderRows(context, object, query, rows);
}

/** The query's WHERE clause; undefined without one. */
export function whereOf(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
): Condition<QueryRow> | undefined {
  return query.where && readCondition<QueryRow>(query.where, reader(context, object, query));
}

function matchingRows(context: QueryContext, object: ObjectSchema, query: Query): QueryRow[] {
  const condition = whereOf(context, object, query);
  const rows: QueryRow[] = [];
  for (const row of candidates(context, object, condition)) {
    if (row.IsDeleted === true && !context.includeDeleted) continue;
    if (condition && !holds(condition, row)) continue;
    if (maySee(context, object, row)) rows.push(row);
  }
  return rows;
}

function reader(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
): Parameters<typeof readCondition<QueryRow>>[1] {
  return {
    context,
    operand: (condition) => {
      if (!("field" in condition))
        throw malformed(context.soql, "functions are not supported in WHERE");
      const path = resolvePath(context, object, condition.field, query.sObjectAlias);
      const { field } = path;
      return { field, direct: path.relationships.length === 0, value: (row) => path.value(row) };
    },
    subquery: (inner) => {
      const rows = answer({
        context,
        query: inner,
        object: requireObject(context, inner.sObject ?? ""),
      }).rows;
      return rows.map((row): FieldValue => {
        const [field] = row.fields;
        return field && "value" in field ? field.value : null;
      });
    },
  };
}

/** Finds rows by Id or by an indexed field where the condition allows it, instead of reading all. */
function candidates(
  context: QueryContext,
  object: ObjectSchema,
  condition: Condition<QueryRow> | undefined,
): Iterable<QueryRow> {
  const parts = condition?.kind === "and" ? condition.parts : condition ? [condition] : [];
  for (const part of parts) {
    if (part.kind !== "test" || !part.direct || !["=", "IN"].includes(part.operator)) continue;
    if (part.values.length === 0 || part.values.includes(null)) continue;
    if (object.name === "UserRecordAccess" && part.field.name === "RecordId") {
      return recordAccessRows(context, part.values.map(String));
    }
    const isId = part.field.type === "id" && object.kind !== "definition";
    if (!isId && !part.field.unique && !part.field.externalId) continue;
    const ids = isId
      ? part.values.map(String)
      : part.values.flatMap((value) =>
          context.org.store.idsByValue(object.name, part.field.name, indexKey(value)),
        );
    const found = [...new Set(ids)].flatMap((id) => context.org.store.get(object.name, id) ?? []);
    return found.map((row) => asSeen(context, object, row));
  }
  return rowsOf(context, object);
}
