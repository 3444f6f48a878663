import type { FieldValue, ObjectSchema } from "../schema/types.ts";
import { saveError } from "./errors.ts";
import { toId18 } from "./ids.ts";
import type { SaveRow } from "./save-row.ts";
import type { Transaction } from "./org.ts";

export function emptyRow(index: number, operation: SaveRow["operation"]): SaveRow {
  return {
    index,
    operation,
    id: null,
    before: null,
    values: new Map<string, FieldValue>(),
    errors: [],
  };
}

/** The row of a record that must be there; what is wrong with its Id stands in `errors`. */
export function existingRow(
  transaction: Transaction,
  object: ObjectSchema,
  given: unknown,
  index: number,
  operation: "update" | "delete" | "undelete",
): SaveRow {
  const row = emptyRow(index, operation);
  const id = typeof given === "string" ? toId18(given) : null;
  if (given === undefined || given === null || given === "") {
    row.errors.push(saveError("MISSING_ARGUMENT", `Id not specified in an ${operation} call`, []));
  } else if (id === null || id.slice(0, 3) !== object.keyPrefix) {
    const text = `${object.label} ID: id value of incorrect type: ${typeof given === "string" ? given : JSON.stringify(given)}`;
    row.errors.push(saveError("MALFORMED_ID", text, ["Id"]));
  } else {
    const before = transaction.org.store.get(object.name, id);
    if (!before) {
      row.errors.push(saveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []));
    } else if ((before.IsDeleted === true) !== (operation === "undelete")) {
      row.errors.push(
        operation === "undelete"
          ? saveError("UNDELETE_FAILED", "Entity is not in the recycle bin", [])
          : saveError("ENTITY_IS_DELETED", "entity is deleted", []),
      );
    } else {
      row.id = id;
      row.before = before;
    }
  }
  return row;
}
