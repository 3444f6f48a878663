import type { RestContext } from "../rest/rest-context.ts";
import { runQuery } from "../soql/run-query.ts";
import { toId18 } from "../data/ids.ts";

/** A record as `lightning/uiRecordApi` gives it: only what the user may see. */
export interface RecordView {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, { value: unknown; displayValue: string | null }>>;
}

/**
 * Reads a record for a page.
 * @param names `Object.Field`; fields that the user may not see are left out
 * @returns null when there is no such record
 */
export function readRecordView(
  context: RestContext,
  userId: string,
  recordId: string,
  names: readonly string[],
): RecordView | null {
  const id = toId18(recordId) ?? "";
  const object = context.org.schema.objectOfPrefix(id.slice(0, 3));
  if (!object) return null;
  const access = context.org.accessOf(userId);
  const fields = names
    .filter((name) => name.startsWith(`${object.name}.`))
    .flatMap((name) => access.visibleField(object, name.slice(object.name.length + 1)) ?? []);
  const columns = [...new Set(["Id", ...fields.map(({ name }) => name)])].join(", ");
  const soql = `SELECT ${columns} FROM ${object.name} WHERE Id = '${id}'`;
  const [row] = runQuery(context.org, userId, soql).rows;
  if (!row) return null;
  const values = row.fields.flatMap((field) =>
    "value" in field ? [[field.name, { value: field.value, displayValue: null }] as const] : [],
  );
  return { apiName: object.name, id, fields: Object.fromEntries(values) };
}
