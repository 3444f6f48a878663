import type { Org } from "../data/org.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { isAggregate } from "./aggregate.ts";
import { openQuery, type QueryOptions } from "./open-query.ts";
import { type ChildColumn, childColumns } from "./child-queries.ts";
import { type Column, readColumns } from "./select-fields.ts";

/** One column of a query's answer; the columns behind one lookup stand below the lookup's name. */
export interface ColumnDescription {
  readonly name: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  /** Null for lookups and for what is computed. */
  readonly field: FieldSchema | null;
  readonly joined: readonly ColumnDescription[];
  /** The rows of a sub-query. */
  readonly children?: boolean;
}

export interface QueryDescription {
  readonly object: ObjectSchema;
  readonly grouped: boolean;
  readonly columns: readonly ColumnDescription[];
}

/**
 * What a query would answer with, without running it.
 * @throws RequestError as `runQuery` does
 */
export function describeQuery(
  org: Org,
  userId: string,
  soql: string,
  options: QueryOptions = {},
): QueryDescription {
  const { context, query, object } = openQuery(org, userId, soql, options);
  if (!isAggregate(query)) {
    const columns = readColumns(context, object, query.fields ?? [], query.sObjectAlias);
    return {
      object,
      grouped: false,
      columns: [
        ...describeColumns(columns, 0),
        ...childColumns(context, object, query).map(describeChild),
      ],
    };
  }
  let unnamed = 0;
  const columns = (query.fields ?? []).map((field): ColumnDescription => {
    const isFunction = field.type === "FieldFunctionExpression";
    const written = "field" in field ? field.field : "";
    const alias = "alias" in field ? field.alias : undefined;
    return {
      name: alias ?? (isFunction ? `expr${unnamed++}` : written),
      displayName: isFunction ? field.functionName.toLowerCase() : written,
      aggregate: isFunction,
      field: object.fields.get(written.toLowerCase()) ?? null,
      joined: [],
    };
  });
  return { object, grouped: query.groupBy !== undefined, columns };
}

function describeChild({ context, name, object, query }: ChildColumn): ColumnDescription {
  const columns = readColumns(context, object, query.fields ?? [], query.sObjectAlias);
  const deeper = childColumns(context, object, query).map(describeChild);
  return {
    ...{ name, displayName: name, aggregate: false, field: null, children: true },
    joined: [...describeColumns(columns, 0), ...deeper],
  };
}

function describeColumns(columns: readonly Column[], depth: number): ColumnDescription[] {
  const described = new Map<string, ColumnDescription>();
  for (const column of columns) {
    const relationship = column.path.relationships[depth];
    const name = relationship ?? column.alias ?? column.path.field.name;
    if (described.has(name)) continue;
    const inside = columns.filter((each) => each.path.relationships[depth] === relationship);
    described.set(name, {
      name,
      displayName: name,
      aggregate: false,
      field: relationship === undefined ? column.path.field : null,
      joined: relationship === undefined ? [] : describeColumns(inside, depth + 1),
    });
  }
  return [...described.values()];
}
