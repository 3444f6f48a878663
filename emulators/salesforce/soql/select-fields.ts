import type { FieldType as SelectedField } from "@jetstreamapp/soql-parser-js";
import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";
import { type FieldPath, resolvePath } from "./field-path.ts";
import { durableIdOf } from "../data/computed/definition-rows.ts";
import { malformed } from "./parse-query.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import type { QueryContext } from "./query-context.ts";
import type { ResultField, ResultRow } from "./result.ts";

/** One column of the SELECT list. */
export interface Column {
  readonly path: FieldPath;
  /** Name in the answer when it isn't the field's own. */
  readonly alias: string | null;
  /** The value as the answer shows it, from a row of the queried object. */
  read(row: QueryRow): FieldValue;
}

/** Reads the SELECT list without its sub-queries. Every field must be there and visible to the user. */
export function readColumns(
  context: QueryContext,
  object: ObjectSchema,
  fields: readonly SelectedField[],
  objectAlias: string | undefined,
): Column[] {
  const column = (written: string, alias?: string, toLabel = false): Column => {
    const path = resolvePath(context, object, written, objectAlias);
    return { path, alias: alias ?? null, read: readerOf(context, path, toLabel) };
  };
  return fields.flatMap((field): Column[] => {
    switch (field.type) {
      case "Field":
        return [column(field.field)];
      case "FieldRelationship":
        return [column([...field.relationships, field.field].join("."))];
      case "FieldFunctionExpression": {
        const [parameter] = field.parameters;
        const name = field.functionName.toUpperCase();
        if (name === "FIELDS" && typeof parameter === "string") {
          return groupOfFields(context, object, parameter).map((each) => column(each.name));
        }
        if (name === "TOLABEL" && typeof parameter === "string") {
          return [column(parameter, field.alias, true)];
        }
        throw malformed(context.soql, `${field.functionName}() is not supported here`);
      }
      case "FieldSubquery":
        return [];
      default:
        throw malformed(context.soql, "TYPEOF is not supported here");
    }
  });
}

function groupOfFields(context: QueryContext, object: ObjectSchema, group: string): FieldSchema[] {
  const wanted = group.toUpperCase();
  return [...object.fields.values()]
    .filter((field) => context.mode === "system" || context.access.canReadField(object, field))
    .filter((field) => wanted === "ALL" || field.custom === (wanted === "CUSTOM"));
}

/** A row of the answer. Fields behind one lookup stand together in one record. */
export function selectRow(
  object: ObjectSchema,
  columns: readonly Column[],
  row: QueryRow,
): ResultRow {
  return buildRow(object.name, columns, row, 0);
}

function buildRow(
  objectName: string,
  columns: readonly Column[],
  row: QueryRow,
  depth: number,
): ResultRow {
  const fields: ResultField[] = [];
  const done = new Set<string>();
  for (const column of columns) {
    const relationship = column.path.relationships[depth];
    const name = relationship ?? column.alias ?? column.path.field.name;
    if (done.has(name)) continue;
    done.add(name);
    if (relationship === undefined) {
      fields.push({ name, type: column.path.field.type, value: column.read(row) });
      continue;
    }
    const inside = columns.filter((each) => each.path.relationships[depth] === relationship);
    fields.push({ name, related: relatedRow(inside, row, depth + 1) });
  }
  const id = row.Id;
  return { objectName, id: typeof id === "string" ? id : null, fields };
}

function relatedRow(columns: readonly Column[], row: QueryRow, depth: number): ResultRow | null {
  const [first] = columns;
  const record = first?.path.recordAt(row, depth);
  const objectName = first?.path.objectAt(depth);
  if (!record || objectName === undefined) return null;
  return { ...buildRow(objectName, columns, row, depth), id: String(record.Id) };
}

function readerOf(
  context: QueryContext,
  path: FieldPath,
  toLabel: boolean,
): (row: QueryRow) => FieldValue {
  const { field } = path;
  if (toLabel) {
    const label = (part: string): string =>
      field.picklistValues.find((entry) => entry.value === part)?.label ?? part;
    return (row) => {
      const value = path.value(row);
      return typeof value === "string" ? value.split(";").map(label).join(";") : value;
    };
  }
  if (field.controllingFieldName === null) return (row) => path.value(row);
  // A custom metadata row holds the name of a field, and shows what the field is called for good.
  return (row) => {
    const value = path.value(row);
    const entity = path.recordAt(row, path.relationships.length)?.[
      field.controllingFieldName ?? ""
    ];
    const named = context.org.schema.field(String(entity), String(value));
    if (!named) return value;
    return named.custom ? durableIdOf(String(entity), named) : named.name;
  };
}
