/** Reads a value that came from outside into a field's own type, or says what is wrong with it. */
import type { FieldRow } from "../entities.ts";
import { fieldTypes } from "../field-types.ts";
import { accept, refuse, type ReadResult } from "./read-result.ts";
import type { ReadContext } from "./readers.ts";

/** Reads `value` for `field`. Null and the empty text are the blank of every type. */
export function readValue(value: unknown, field: FieldRow, context: ReadContext): ReadResult {
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (isEmpty || (typeof value === "string" && value.trim() === "")) {
    return field.required
      ? refuse("required", "must not be blank")
      : accept(field.type === "MULTISELECT" ? [] : null);
  }
  return fieldTypes[field.type].read(value, field, context);
}
