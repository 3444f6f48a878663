/** Apex `==`, `===` and ordering. */
import { activeRuntime } from "./active.ts";
import { ListValue, MapValue, SetValue } from "./collections.ts";
import { DecimalValue } from "./decimal.ts";
import { keyOf } from "./keys.ts";
import { ObjectValue } from "./object-value.ts";
import { BlobValue, DateValue, DatetimeValue, dayMs, DoubleValue, TimeValue } from "./scalars.ts";
import { SObjectValue } from "./sobject-value.ts";
import { TypeValue } from "./type-value.ts";
import { EnumValue, type KeyContext, type Value } from "./value.ts";

/** As `equals` and collections see it: Strings with case, everything else by value. */
export function valuesEqual(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (typeof left !== "object" || typeof right !== "object") return false;
  const moments = [momentOf(left), momentOf(right)] as const;
  if (moments[0] !== null && moments[1] !== null) return moments[0] === moments[1];
  if (left instanceof TimeValue && right instanceof TimeValue) return left.ms === right.ms;
  if (left instanceof BlobValue && right instanceof BlobValue)
    return left.bytes.equals(right.bytes);
  if (left instanceof ListValue && right instanceof ListValue)
    return (
      left.items.length === right.items.length &&
      left.items.every((item, index) => valuesEqual(item, right.items[index] as Value))
    );
  if (left instanceof SetValue && right instanceof SetValue)
    return left.size === right.size && [...left.values()].every((item) => right.has(item));
  if (left instanceof MapValue && right instanceof MapValue)
    return (
      left.size === right.size &&
      [...left.entries()].every(
        ([key, value]) => right.has(key) && valuesEqual(value, right.get(key)),
      )
    );
  if (left instanceof SObjectValue && right instanceof SObjectValue) {
    const context: KeyContext = { buckets: new Map() };
    return keyOf(left, context) === keyOf(right, context);
  }
  if (left instanceof TypeValue && right instanceof TypeValue) return left.of === right.of;
  if (left instanceof ObjectValue && right instanceof ObjectValue)
    return activeRuntime().callEquals(left, right);
  return false;
}

/** The `==` operator on two Strings: without case. */
export function textEqual(left: Value, right: Value): boolean {
  if (typeof left !== "string" || typeof right !== "string") return left === right;
  return left === right || left.toLowerCase() === right.toLowerCase();
}

export type NumberValue = number | bigint | DoubleValue | DecimalValue;

export function isNumber(value: Value): value is NumberValue {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    value instanceof DecimalValue ||
    value instanceof DoubleValue
  );
}

export function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (left instanceof DecimalValue || right instanceof DecimalValue)
    return toDecimal(left).compare(toDecimal(right));
  if (left instanceof DoubleValue || right instanceof DoubleValue) {
    const difference = toNumber(left) - toNumber(right);
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

export function toNumber(value: NumberValue): number {
  if (value instanceof DoubleValue) return value.value;
  return value instanceof DecimalValue ? value.toNumber() : Number(value);
}

export function toDecimal(value: NumberValue): DecimalValue {
  if (value instanceof DecimalValue) return value;
  return DecimalValue.of(value instanceof DoubleValue ? value.value : value);
}

/** Milliseconds of a Date (its midnight in UTC) or a Datetime. */
export function momentOf(value: Value): number | null {
  if (value instanceof DatetimeValue) return value.ms;
  return value instanceof DateValue ? value.day * dayMs : null;
}

/**
 * Order of two values of one kind, as `<` and `List.sort` use it; null when they have none.
 * Null comes before everything.
 */
export function compareValues(left: Value, right: Value): number | null {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  const moments = [momentOf(left), momentOf(right)] as const;
  if (moments[0] !== null && moments[1] !== null) return moments[0] - moments[1];
  if (left instanceof TimeValue && right instanceof TimeValue) return left.ms - right.ms;
  if (left instanceof EnumValue && right instanceof EnumValue) return left.ordinal - right.ordinal;
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  return null;
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
