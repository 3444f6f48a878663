import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { type SaveError, saveError } from "./errors.ts";
import type { Transaction } from "./org.ts";
import type { DraftRecord } from "./triggers.ts";

/** A restricted picklist takes its active values only, and of them those of the record type. */
export function checkPicklist(
  transaction: Transaction,
  object: ObjectSchema,
  field: FieldSchema,
  draft: DraftRecord,
): SaveError | null {
  const stored = draft[field.name];
  if (!field.restrictedPicklist || typeof stored !== "string") return null;
  const allowed = allowedValues(transaction, object, field, draft.RecordTypeId ?? null);
  const given = field.type === "multipicklist" ? stored.split(";") : [stored];
  const bad = given.find((value) => !allowed.has(value));
  if (bad === undefined) return null;
  return saveError(
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    `${field.label}: bad value for restricted picklist field: ${bad}`,
    [field.name],
  );
}

function allowedValues(
  transaction: Transaction,
  object: ObjectSchema,
  field: FieldSchema,
  recordTypeId: unknown,
): Set<string> {
  const active = field.picklistValues.filter((value) => value.active).map((value) => value.value);
  if (typeof recordTypeId !== "string") return new Set(active);
  const row = transaction.org.store.get("RecordType", recordTypeId);
  const recordType = object.recordTypes.find((type) => type.developerName === row?.DeveloperName);
  const listed = recordType?.picklistValues.get(field.name.toLowerCase())?.values;
  return new Set(listed ? active.filter((value) => listed.includes(value)) : active);
}
