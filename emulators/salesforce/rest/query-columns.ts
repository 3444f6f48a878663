import type { FieldType } from "../schema/types.ts";
import type { ColumnDescription, QueryDescription } from "../soql/describe-query.ts";

const numberTypes: readonly FieldType[] = ["int", "double", "currency", "percent"];

/** `query?columns=true`: what the query's columns are, as the Salesforce CLI asks before it prints. */
export function columnsJson(description: QueryDescription): object {
  const { object, grouped, columns } = description;
  return {
    columnMetadata: columns.map(columnJson),
    entityName: object.name,
    groupBy: grouped,
    idSelected: columns.some((column) => column.field?.type === "id"),
    keyPrefix: object.keyPrefix,
  };
}

function columnJson(column: ColumnDescription): object {
  const { field } = column;
  const isNumber = field !== null && numberTypes.includes(field.type);
  return {
    aggregate: column.aggregate,
    apexType: null,
    booleanType: field?.type === "boolean",
    columnName: column.name,
    custom: field?.custom ?? false,
    displayName: column.displayName,
    foreignKeyName: null,
    insertable: field?.createable ?? false,
    joinColumns: column.joined.map(columnJson),
    numberType: isNumber,
    textType: field !== null && !isNumber && field.type !== "boolean",
    updatable: field?.updateable ?? false,
  };
}
