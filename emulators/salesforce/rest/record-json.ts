import type { FieldType, FieldValue } from "../schema/types.ts";
import type { ResultRow } from "../soql/result.ts";

/** A value as the REST API writes it: date-times carry `+0000`, not `Z`. */
export function valueJson(type: FieldType, value: FieldValue): FieldValue {
  if (type === "datetime" && typeof value === "string") return value.replace(/Z$/, "+0000");
  return value;
}

/** A row of a query's answer as JSON, with `attributes` in front. */
export function recordJson(row: ResultRow, version: string): Record<string, unknown> {
  const attributes =
    row.id === null
      ? { type: row.objectName }
      : { type: row.objectName, url: recordUrl(row.objectName, row.id, version) };
  const fields = row.fields.map((field): [string, unknown] => {
    if ("value" in field) return [field.name, valueJson(field.type, field.value)];
    if ("children" in field) return [field.name, childrenJson(field.children, version)];
    return [field.name, field.related && recordJson(field.related, version)];
  });
  return { attributes, ...Object.fromEntries(fields) };
}

/** A sub-query's rows, all at once; null when there are none. */
function childrenJson(children: readonly ResultRow[], version: string): object | null {
  if (children.length === 0) return null;
  const records = children.map((child) => recordJson(child, version));
  return { totalSize: records.length, done: true, records };
}

export function recordUrl(objectName: string, id: string, version: string): string {
  return `/services/data/v${version}/sobjects/${objectName}/${id}`;
}
