import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";
import { type SaveError, saveError } from "./errors.ts";
import type { Transaction } from "./org.ts";

/** A lookup must lead to a record of the right object that is not deleted; an owner must be active. */
export function checkReference(
  transaction: Transaction,
  object: ObjectSchema,
  field: FieldSchema,
  value: FieldValue,
): SaveError | null {
  if (field.type !== "reference" || typeof value !== "string" || field.length > 18) return null;
  const { schema, store } = transaction.org;
  const target = schema.objectOfPrefix(value.slice(0, 3));
  if (!target || !field.referenceTo.includes(target.name)) {
    return saveError(
      "FIELD_INTEGRITY_EXCEPTION",
      `${field.label}: id value of incorrect type: ${value}`,
      [field.name],
    );
  }
  const row = store.get(target.name, value);
  if (!row || row.IsDeleted === true) {
    return saveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [field.name]);
  }
  if (field.name === "OwnerId" && row.IsActive === false) {
    return saveError(
      "INACTIVE_OWNER_OR_USER",
      `operation performed with inactive user [${value}] as owner of ${object.name.toLowerCase()}`,
      [],
    );
  }
  return null;
}
