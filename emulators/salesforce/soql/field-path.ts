import { RequestError } from "../data/errors.ts";
import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";
import { followReference, type QueryRow } from "../data/computed/follow-reference.ts";
import { asSeen, maySee, pointAt, type QueryContext, requireField } from "./query-context.ts";

/** A way from a row of the queried object to a field, over any number of lookups. */
export interface FieldPath {
  /** Relationship names in their own spelling, such as `["Owner"]`. */
  readonly relationships: readonly string[];
  readonly object: ObjectSchema;
  readonly field: FieldSchema;
  /** The record after so many lookups; null when one on the way is blank. */
  recordAt(row: QueryRow, depth: number): QueryRow | null;
  /** The object after so many lookups. */
  objectAt(depth: number): string;
  value(row: QueryRow): FieldValue;
}

/**
 * @param path as written, such as `Owner.Email`, with or without the object's alias in front
 * @throws RequestError INVALID_FIELD when the user can't see some part of it
 */
export function resolvePath(
  context: QueryContext,
  start: ObjectSchema,
  path: string,
  alias?: string,
): FieldPath {
  const parts = path.split(".");
  const first = parts[0]?.toLowerCase();
  if (parts.length > 1 && (first === alias?.toLowerCase() || first === start.name.toLowerCase())) {
    parts.shift();
  }
  const fieldName = parts.pop() ?? "";
  let object = start;
  const steps: { field: FieldSchema; target: ObjectSchema }[] = [];
  for (const relationship of parts) {
    const step = findRelationship(context, object, relationship);
    steps.push(step);
    object = step.target;
  }
  const field = requireField(context, object, fieldName);
  const recordAt = (row: QueryRow, depth: number): QueryRow | null =>
    steps.slice(0, depth).reduce<QueryRow | null>((at, step) => {
      const next = at && followReference(context, at, step.field, step.target);
      return next && maySee(context, step.target, next) ? asSeen(context, step.target, next) : null;
    }, row);
  return {
    relationships: steps.map((step) => step.field.relationshipName ?? ""),
    object,
    field,
    recordAt,
    objectAt: (depth) => steps[depth - 1]?.target.name ?? start.name,
    value: (row) => recordAt(row, steps.length)?.[field.name] ?? null,
  };
}

function findRelationship(
  context: QueryContext,
  object: ObjectSchema,
  relationship: string,
): { field: FieldSchema; target: ObjectSchema } {
  const name = relationship.toLowerCase();
  const field = [...object.fields.values()].find(
    (candidate) => candidate.relationshipName?.toLowerCase() === name,
  );
  const target = field?.referenceTo[0] && context.org.schema.object(field.referenceTo[0]);
  const visible =
    field && (context.mode === "system" || context.access.canReadField(object, field));
  if (!field || !target || !visible) {
    throw new RequestError(
      "INVALID_FIELD",
      `${pointAt(context.soql, relationship)}\nDidn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }
  return { field, target };
}
