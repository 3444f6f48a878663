import type { Org } from "../data/org.ts";
import type { FieldSchema } from "../schema/types.ts";
import type { Condition } from "./condition.ts";
import { openQuery } from "./open-query.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import { rowsOf } from "./query-context.ts";
import { runQuery, whereOf } from "./run-query.ts";

/** Fields that every org has indexes of (Apex Developer Guide, "Working with Very Large SOQL Queries"). */
const indexedNames = ["Id", "Name", "OwnerId", "CreatedDate", "SystemModstamp", "RecordTypeId"];

/** What a plan without an index costs: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query_explain.htm */
const scanCost = 0.65;

/**
 * How a query would be run, the best plan first, in the form of the REST API Developer Guide ("Query
 * Performance Feedback"). Its numbers are exact here, an org estimates them.
 * @throws RequestError as `runQuery` does
 */
export function explainQuery(org: Org, userId: string, soql: string): object {
  const { context, query, object } = openQuery(org, userId, soql, {});
  const cardinality = runQuery(org, userId, soql).totalSize;
  const common = {
    cardinality,
    notes: [
      {
        description: "Not considering filter for optimization because unindexed",
        fields: ["IsDeleted"],
        tableEnumOrId: object.name,
      },
    ],
    sobjectCardinality: [...rowsOf(context, object)].length,
    sobjectType: object.name,
  };
  const indexed = [...new Set(filtersOf(whereOf(context, object, query)))].filter(isIndexed);
  const plans = [
    ...(indexed.length === 0
      ? []
      : [
          {
            ...common,
            fields: indexed.map(({ name }) => name),
            leadingOperationType: "Index",
            relativeCost: 0,
          },
        ]),
    { ...common, fields: [], leadingOperationType: "TableScan", relativeCost: scanCost },
  ];
  return { plans };
}

/** The object's own fields that every row found has been asked for. */
function filtersOf(condition: Condition<QueryRow> | undefined): FieldSchema[] {
  if (condition?.kind === "and") return condition.parts.flatMap(filtersOf);
  return condition?.kind === "test" && condition.direct ? [condition.field] : [];
}

function isIndexed({ name, type, unique, externalId }: FieldSchema): boolean {
  return type === "reference" || unique || externalId || indexedNames.includes(name);
}
