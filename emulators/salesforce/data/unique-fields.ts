import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { type SaveError, saveError } from "./errors.ts";
import { indexKey, type RecordStore, type StoredRecord } from "./store.ts";
import type { DraftRecord } from "./triggers.ts";

/** Records that are not deleted and have this value, as the field compares (with or without case). */
export function findByUniqueValue(
  store: RecordStore,
  object: ObjectSchema,
  field: FieldSchema,
  value: string | number,
): StoredRecord[] {
  return store
    .idsByValue(object.name, field.name, indexKey(value))
    .flatMap((id) => store.get(object.name, id) ?? [])
    .filter((row) => row.IsDeleted !== true)
    .filter((row) => !field.caseSensitive || row[field.name] === value);
}

/** A value of a unique field may be on one living record only. */
export function checkUnique(
  store: RecordStore,
  object: ObjectSchema,
  draft: DraftRecord,
): SaveError | null {
  if (object.name === "PermissionSetAssignment") return checkAssignment(store, draft);
  for (const field of object.fields.values()) {
    const value = draft[field.name];
    if (!field.unique || value === null || value === undefined || typeof value === "boolean") {
      continue;
    }
    const other = findByUniqueValue(store, object, field, value).find((row) => row.Id !== draft.Id);
    if (other) {
      return saveError(
        "DUPLICATE_VALUE",
        `duplicate value found: ${field.name} duplicates value on record with id: ${other.Id}`,
        [field.name],
      );
    }
  }
  return null;
}

/** No user gets a permission set or a group twice; many public scripts quote the refusal. */
function checkAssignment(store: RecordStore, draft: DraftRecord): SaveError | null {
  const { AssigneeId, PermissionSetId = null, PermissionSetGroupId = null } = draft;
  const isTwice = store
    .idsByValue("PermissionSetAssignment", "AssigneeId", indexKey(String(AssigneeId)))
    .flatMap((id) => store.get("PermissionSetAssignment", id) ?? [])
    .filter((row) => row.IsDeleted !== true && row.Id !== draft.Id)
    .some(
      (row) =>
        (row.PermissionSetId ?? null) === PermissionSetId &&
        (row.PermissionSetGroupId ?? null) === PermissionSetGroupId,
    );
  if (!isTwice) return null;
  const what = String(PermissionSetId ?? PermissionSetGroupId);
  const text = `Duplicate PermissionSetAssignment. Assignee: ${String(AssigneeId)}; Permission Set: ${what}`;
  return saveError("DUPLICATE_VALUE", text, []);
}
