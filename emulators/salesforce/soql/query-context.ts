import type { UserAccess } from "../schema/access.ts";
import { RequestError } from "../data/errors.ts";
import type { Org } from "../data/org.ts";
import { mayReadRecord } from "../data/record-sharing.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import type { QueryRow } from "../data/computed/follow-reference.ts";
import { entityDefinitionRows, fieldDefinitionRows } from "../data/computed/definition-rows.ts";
import {
  customPermissionRows,
  fieldPermissionRows,
  setupEntityAccessRows,
} from "../data/computed/permission-rows.ts";
import { profileRow } from "./profile-rows.ts";

/** What a query is run with. Rights are minded unless code runs in system mode. */
export interface QueryContext {
  readonly org: Org;
  readonly userId: string;
  readonly access: UserAccess;
  readonly mode: "user" | "system";
  /** Whether records that the user may not read are left out. */
  readonly sharing: boolean;
  /** `queryAll`: rows in the bin too. */
  readonly includeDeleted: boolean;
  /** The text, for error messages. */
  readonly soql: string;
}

/** All rows of an object, also of those that are made from the schema. */
export function rowsOf(context: QueryContext, object: ObjectSchema): Iterable<QueryRow> {
  if (object.name === "EntityDefinition") return entityDefinitionRows(context.org.schema);
  if (object.name === "FieldDefinition") return fieldDefinitionRows(context.org.schema);
  if (object.name === "FieldPermissions") return fieldPermissionRows(context.org);
  if (object.name === "CustomPermission") return customPermissionRows(context.org);
  if (object.name === "SetupEntityAccess") return setupEntityAccessRows(context.org);
  const rows = context.org.store.rows(object.name);
  return object.name === "Profile" ? [...rows].map((row) => asSeen(context, object, row)) : rows;
}

/** A stored row as the user sees it. */
export function asSeen(
  context: Pick<QueryContext, "org" | "userId">,
  object: ObjectSchema,
  row: QueryRow,
): QueryRow {
  return object.name === "Profile" ? profileRow(context.org, context.userId, row) : row;
}

/** Whether the query may show this row: sharing, where it is minded. */
export function maySee(context: QueryContext, object: ObjectSchema, row: QueryRow): boolean {
  return !context.sharing || mayReadRecord(context, object, row);
}

export function requireObject(context: QueryContext, name: string): ObjectSchema {
  const object =
    context.mode === "system"
      ? context.org.schema.object(name)
      : context.access.visibleObject(name);
  if (object && object.kind !== "platform_event") return object;
  throw new RequestError(
    "INVALID_TYPE",
    `${pointAt(context.soql, name)}\nsObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function requireField(
  context: QueryContext,
  object: ObjectSchema,
  name: string,
): FieldSchema {
  const field =
    context.mode === "system"
      ? object.fields.get(name.toLowerCase())
      : context.access.visibleField(object, name);
  if (field) return field;
  throw new RequestError(
    "INVALID_FIELD",
    `${pointAt(context.soql, name)}\nNo such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** The three lines with which Salesforce points at a place in the query. */
export function pointAt(soql: string, word: string): string {
  const offset = Math.max(soql.toLowerCase().indexOf(word.toLowerCase()), 0);
  return `\n${soql}\n${" ".repeat(offset)}^\nERROR at Row:1:Column:${offset + 1}`;
}
