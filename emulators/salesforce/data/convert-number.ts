import { Decimal } from "decimal.js";
import type { FieldSchema } from "../schema/types.ts";
import { type Converted, converted, refused, wrongJson } from "./conversion.ts";

/**
 * Decimals beyond the field's scale are kept, as API and Apex do: only screens round. Too many digits before the
 * point are refused.
 */
export function convertNumber(field: FieldSchema, raw: unknown): Converted {
  const text = typeof raw === "string" ? raw.trim() : raw;
  if (text === "") return converted(null);
  if (typeof text !== "number" && typeof text !== "string") throw wrongJson(field, raw);
  if (typeof text === "string" && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    throw wrongJson(field, raw);
  }
  const value = new Decimal(text);
  if (field.type === "int" && !value.isInteger()) throw wrongJson(field, raw);
  const rounded = value.toDecimalPlaces(field.scale, Decimal.ROUND_HALF_UP);
  const wholeDigits = rounded.abs().trunc().toFixed().length;
  if (
    field.precision > 0 &&
    wholeDigits > field.precision - field.scale &&
    !rounded.trunc().isZero()
  ) {
    return refused(
      field,
      "NUMBER_OUTSIDE_VALID_RANGE",
      `value outside of valid range on numeric field: ${String(raw)}`,
    );
  }
  return converted(value.toNumber());
}
