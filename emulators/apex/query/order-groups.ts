/** ORDER BY of queries with groups, which the platform's query engine leaves as they come. */
import type { OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import { ListValue } from "../values/collections.ts";
import { compareValues } from "../values/equality.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { QueryProblem } from "./query-problem.ts";

function clausesOf(query: Query): OrderByClause[] {
  return [query.orderBy ?? []].flat();
}

/** Groups can be ordered by their fields and aliases, not by an aggregate of their own. */
export function checkGroupOrder(query: Query): void {
  for (const clause of clausesOf(query))
    if (!("field" in clause))
      throw new QueryProblem(
        "ORDER BY with an aggregate function is not supported by the Apex engine; order by its alias",
      );
  if (clausesOf(query).length > 0 && (query.limit !== undefined || query.offset !== undefined))
    throw new QueryProblem("GROUP BY with ORDER BY and LIMIT is not supported by the Apex engine");
}

export function orderGroups(rows: ListValue, query: Query): ListValue {
  const clauses = clausesOf(query);
  if (clauses.length === 0) return rows;
  const items = [...rows.items].sort((left, right) => {
    for (const clause of clauses) {
      if (!("field" in clause)) continue;
      const order = compareColumns(left, right, clause);
      if (order !== 0) return order;
    }
    return 0;
  });
  return new ListValue(rows.element, items);
}

function compareColumns(
  left: Value,
  right: Value,
  clause: Extract<OrderByClause, { field: string }>,
): number {
  const name = (clause.field.split(".").pop() ?? "").toLowerCase();
  const column = (row: Value): Value =>
    row instanceof SObjectValue ? (row.fields.get(name) ?? null) : null;
  const [a, b] = [column(left), column(right)];
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === (clause.nulls === "LAST") ? 1 : -1;
  }
  const order = compareValues(a, b) ?? 0;
  return clause.order === "DESC" ? -order : order;
}
