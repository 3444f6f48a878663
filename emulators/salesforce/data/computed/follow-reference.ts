/** What a lookup leads to, also where the other row is made from the schema. */
import type { FieldSchema, FieldValue, ObjectSchema } from "../../schema/types.ts";
import type { Org } from "../org.ts";
import { entityDefinitionRows, fieldDefinitionRow } from "./definition-rows.ts";
import { customPermissionRows } from "./permission-rows.ts";

export type QueryRow = Readonly<Record<string, FieldValue>>;

/** The row that a lookup leads to; null when it leads nowhere. */
export function followReference(
  context: { readonly org: Org },
  row: QueryRow,
  field: FieldSchema,
  target: ObjectSchema,
): QueryRow | null {
  const value = row[field.name];
  if (typeof value !== "string") return null;
  if (target.name === "EntityDefinition") {
    return (
      entityDefinitionRows(context.org.schema).find(
        (entity) => entity.QualifiedApiName === value,
      ) ?? null
    );
  }
  if (target.name === "FieldDefinition") {
    const entity = row[field.controllingFieldName ?? ""];
    return fieldDefinitionRow(context.org.schema, String(entity), value);
  }
  if (target.name === "CustomPermission") {
    return customPermissionRows(context.org).find(({ Id }) => Id === value) ?? null;
  }
  return context.org.store.get(target.name, value) ?? null;
}
