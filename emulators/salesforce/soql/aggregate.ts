import type {
  FieldType as SelectedField,
  FunctionExp,
  OrderByClause,
  Query,
} from "@jetstreamapp/soql-parser-js";
import { defineField } from "../schema/define-field.ts";
import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";
import { compareValues, foldCase } from "./compare.ts";
import { type Condition, holds, readCondition } from "./condition.ts";
import { type FieldPath, resolvePath } from "./field-path.ts";
import { type SortKey, sortRows } from "./order-rows.ts";
import { malformed } from "./parse-query.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import { pointAt, type QueryContext } from "./query-context.ts";
import type { ResultField, ResultRow } from "./result.ts";
import { RequestError } from "../data/errors.ts";

type Group = readonly QueryRow[];

interface GroupColumn {
  readonly name: string;
  readonly field: FieldSchema;
  value(group: Group): FieldValue;
}

export function isAggregate(query: Query): boolean {
  return (
    query.groupBy !== undefined ||
    (query.fields ?? []).some(
      (field) => field.type === "FieldFunctionExpression" && field.isAggregateFn === true,
    )
  );
}

/** Groups the rows and computes the SELECT list over each group: `AggregateResult` records. */
export function aggregateRows(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  rows: readonly QueryRow[],
): ResultRow[] {
  const keys = [query.groupBy ?? []].flat().map((clause) => {
    if (!("field" in clause)) throw malformed(context.soql, "GROUP BY takes fields only here");
    return resolvePath(context, object, clause.field, query.sObjectAlias);
  });
  let unnamed = 0;
  const columns = (query.fields ?? []).map((field) => {
    const isFunction = field.type === "FieldFunctionExpression";
    const fallback = isFunction && field.alias === undefined ? `expr${unnamed++}` : undefined;
    return readColumn(context, object, query, field, keys, fallback);
  });
  const having = query.having && readHaving(context, object, query);
  const groups = groupsOf(rows, keys).filter((group) => !having || holds(having, group));
  const clauses = [query.orderBy ?? []].flat();
  return sortRows(groups, clauses, (clause) => readOrder(context, object, query, clause, keys)).map(
    (group) => ({
      objectName: "AggregateResult",
      id: null,
      fields: columns.map(
        (column): ResultField => ({
          name: column.name,
          type: column.field.type,
          value: column.value(group),
        }),
      ),
    }),
  );
}

function groupsOf(rows: readonly QueryRow[], keys: readonly FieldPath[]): Group[] {
  if (keys.length === 0) return [rows];
  const groups = new Map<string, QueryRow[]>();
  for (const row of rows) {
    const parts = keys.map((key) => {
      const value = key.value(row);
      return typeof value === "string" ? foldCase(key.field, value) : value;
    });
    const key = JSON.stringify(parts);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function readColumn(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  field: SelectedField,
  keys: readonly FieldPath[],
  fallbackName: string | undefined,
): GroupColumn {
  if (field.type === "FieldFunctionExpression") {
    const name = field.alias ?? fallbackName ?? "";
    return { name, ...readAggregate(context, object, query, field) };
  }
  if (field.type !== "Field" && field.type !== "FieldRelationship") {
    throw malformed(context.soql, "sub-queries can't stand among aggregates");
  }
  const parents = field.type === "FieldRelationship" ? field.relationships : [];
  const path = resolvePath(
    context,
    object,
    [...parents, field.field].join("."),
    query.sObjectAlias,
  );
  requireGrouped(context, field.field, path, keys);
  return {
    name: ("alias" in field ? field.alias : undefined) ?? path.field.name,
    field: path.field,
    value: (group) => (group[0] ? path.value(group[0]) : null),
  };
}

function readAggregate(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  call: FunctionExp,
): { field: FieldSchema; value: (group: Group) => FieldValue } {
  const name = call.functionName?.toUpperCase() ?? "";
  const parameter = call.parameters?.[0];
  const numeric = defineField({ name, type: name.startsWith("COUNT") ? "int" : "double" });
  if (typeof parameter !== "string") {
    return { field: numeric, value: (group) => group.length };
  }
  const path = resolvePath(context, object, parameter, query.sObjectAlias);
  const values = (group: Group): FieldValue[] =>
    group.map((row) => path.value(row)).filter((value) => value !== null);
  const extreme = (direction: number) => (group: Group) =>
    values(group).sort((a, b) => direction * compareValues(path.field, a, b))[0] ?? null;
  const sum = (group: Group): number => values(group).reduce<number>((at, v) => at + Number(v), 0);
  switch (name) {
    case "COUNT":
      return { field: numeric, value: (group) => values(group).length };
    case "COUNT_DISTINCT":
      return { field: numeric, value: (group) => new Set(values(group)).size };
    case "SUM":
      return { field: numeric, value: (group) => (values(group).length > 0 ? sum(group) : null) };
    case "AVG":
      return {
        field: numeric,
        value: (group) => (values(group).length > 0 ? sum(group) / values(group).length : null),
      };
    case "MIN":
      return { field: path.field, value: extreme(1) };
    case "MAX":
      return { field: path.field, value: extreme(-1) };
    default:
      throw malformed(context.soql, `${name}() is not supported here`);
  }
}

/** ORDER BY of groups: an aggregate, or a field that is grouped by. */
function readOrder(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  clause: OrderByClause,
  keys: readonly FieldPath[],
): SortKey<Group> {
  if ("fn" in clause) return readAggregate(context, object, query, clause.fn);
  const path = resolvePath(context, object, clause.field, query.sObjectAlias);
  requireGrouped(context, clause.field, path, keys);
  return { field: path.field, value: (group) => (group[0] ? path.value(group[0]) : null) };
}

function requireGrouped(
  context: QueryContext,
  written: string,
  path: FieldPath,
  keys: readonly FieldPath[],
): void {
  if (keys.some((key) => key.field === path.field)) return;
  throw new RequestError(
    "MALFORMED_QUERY",
    `${pointAt(context.soql, written)}\nField must be grouped or aggregated: ${written}`,
  );
}

function readHaving(context: QueryContext, object: ObjectSchema, query: Query): Condition<Group> {
  if (!query.having) throw malformed(context.soql, "HAVING expected");
  return readCondition<Group>(query.having, {
    context,
    operand: (condition) => {
      if ("fn" in condition) {
        return { ...readAggregate(context, object, query, condition.fn), direct: false };
      }
      if (!("field" in condition))
        throw malformed(context.soql, "HAVING takes a field or aggregate");
      const path = resolvePath(context, object, condition.field, query.sObjectAlias);
      return {
        field: path.field,
        direct: false,
        value: (group) => (group[0] ? path.value(group[0]) : null),
      };
    },
    subquery: () => {
      throw malformed(context.soql, "HAVING takes no sub-query");
    },
  });
}
