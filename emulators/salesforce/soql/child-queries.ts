import type { Query } from "@jetstreamapp/soql-parser-js";
import { RequestError } from "../data/errors.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { isAggregate } from "./aggregate.ts";
import { malformed } from "./parse-query.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import { pointAt, type QueryContext, requireObject } from "./query-context.ts";
import type { ResultRow } from "./result.ts";

/** A sub-query of a SELECT list, such as `(SELECT Id FROM ChildCampaigns)`. */
export interface ChildColumn {
  readonly context: QueryContext;
  /** The relationship in its own spelling. */
  readonly name: string;
  /** The object of the children, and their lookup to the parent. */
  readonly object: ObjectSchema;
  readonly lookup: FieldSchema;
  readonly query: Query;
}

export interface ChildRows {
  readonly name: string;
  /** By the parent's Id. */
  readonly rows: ReadonlyMap<string, readonly ResultRow[]>;
}

/**
 * Finds what the sub-queries of a SELECT list lead to.
 * @throws RequestError INVALID_TYPE when the user can't see such a relationship
 */
export function childColumns(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
): ChildColumn[] {
  return (query.fields ?? []).flatMap((field): ChildColumn[] => {
    if (field.type !== "FieldSubquery") return [];
    const { relationshipName, ...inner } = field.subquery;
    const found = findChildren(context, object, relationshipName);
    const child: Query = { ...inner, sObject: found.object.name };
    if (isAggregate(child)) {
      throw malformed(context.soql, "a sub-query takes no aggregates and no GROUP BY");
    }
    return [{ context, ...found, query: child }];
  });
}

/** Runs every sub-query once, for all parents. */
export function readChildren(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  run: (column: ChildColumn) => ReadonlyMap<string, readonly ResultRow[]>,
): ChildRows[] {
  return childColumns(context, object, query).map((column) => ({
    name: column.name,
    rows: run(column),
  }));
}

/** The row with its children behind its fields. */
export function withChildren(
  result: ResultRow,
  row: QueryRow,
  children: readonly ChildRows[],
): ResultRow {
  if (children.length === 0) return result;
  const fields = children.map(({ name, rows }) => ({
    name,
    children: rows.get(String(row.Id)) ?? [],
  }));
  return { ...result, fields: [...result.fields, ...fields] };
}

function findChildren(
  context: QueryContext,
  parent: ObjectSchema,
  relationship: string,
): Pick<ChildColumn, "name" | "object" | "lookup"> {
  const wanted = relationship.toLowerCase();
  for (const candidate of context.org.schema.objects()) {
    for (const lookup of candidate.fields.values()) {
      const name = lookup.childRelationshipName;
      if (name?.toLowerCase() !== wanted || !lookup.referenceTo.includes(parent.name)) continue;
      const readable = context.mode === "system" || context.access.canReadField(candidate, lookup);
      if (readable) return { name, lookup, object: requireObject(context, candidate.name) };
    }
  }
  throw new RequestError(
    "INVALID_TYPE",
    `${pointAt(context.soql, relationship)}\nDidn't understand relationship '${relationship}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
