/** Implicit conversions, casts and `instanceof`: checked at load, done at run time. */
import type { SourcePosition } from "../errors.ts";
import { normalizeId } from "../values/ids.ts";
import type { Evaluate } from "../run/frame.ts";
import type { Runtime } from "../run/runtime.ts";
import {
  dateType,
  datetimeType,
  decimalType,
  doubleType,
  idType,
  integerType,
  listInfo,
  longType,
  nullType,
  objectType,
  stringType,
} from "../types/builtin.ts";
import { conversionDistance, isCastable, isNumeric, isSObject } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import { isNumber, type NumberValue, toDecimal, toNumber } from "../values/equality.ts";
import { DateValue, DatetimeValue, dayMs, DoubleValue } from "../values/scalars.ts";
import { DecimalValue } from "../values/decimal.ts";
import type { Value } from "../values/value.ts";
import { valueIs } from "../values/value-type.ts";
import { typeText } from "../values/text.ts";
import { compileError, type Typed } from "./typed.ts";

/** Turns a value of one type into the other; null when nothing has to be done. */
export type Conversion = (rt: Runtime, value: Value) => Value;

/**
 * The expression as a value of `to`.
 * @throws ApexCompileError when Apex has no implicit conversion
 */
export function coerce(typed: Typed, to: ApexType, at: SourcePosition): Evaluate {
  if (typed.query && to.info !== listInfo && to !== objectType) return singleRow(typed, to, at);
  if (conversionDistance(typed.type, to) === null)
    throw compileError(at, `Illegal assignment from ${typed.type.name} to ${to.name}`);
  const conversion = conversionOf(typed.type, to);
  const { run } = typed;
  if (!conversion) return run;
  return (frame) => {
    const value = run(frame);
    return value === null ? null : conversion(frame.rt, value);
  };
}

function singleRow(typed: Typed, to: ApexType, at: SourcePosition): Evaluate {
  const row = onlyRow(typed);
  if (conversionDistance(row.type, to) === null)
    throw compileError(at, `Illegal assignment from ${typed.type.name} to ${to.name}`);
  return row.run;
}

/** The query's only row; none or several are a QueryException, as Apex has it. */
export function onlyRow(typed: Typed): Typed {
  const { run } = typed;
  return {
    type: typed.type.arg(0),
    run: (frame) => {
      const rows = run(frame);
      const items = rows instanceof ListValue ? rows.items : [];
      if (items.length === 1) return items[0] as Value;
      throw frame.rt.error(
        "QueryException",
        items.length === 0
          ? "List has no rows for assignment to SObject"
          : "List has more than 1 row for assignment to SObject",
      );
    },
  };
}

export function conversionOf(from: ApexType, to: ApexType): Conversion | null {
  if (from === to || from === nullType) return null;
  if (to === idType && from === stringType) return (rt, value) => toId(rt, value as string);
  if (to === datetimeType && from === dateType)
    return (_rt, value) => new DatetimeValue((value as DateValue).day * dayMs);
  if (isNumeric(from) && isNumeric(to)) return numericConversion(to);
  return null;
}

export function numericConversion(to: ApexType): Conversion {
  if (to === longType) return (_rt, value) => toLong(value as NumberValue);
  if (to === doubleType) return (_rt, value) => new DoubleValue(toNumber(value as NumberValue));
  if (to === decimalType) return (_rt, value) => toDecimal(value as NumberValue);
  return (_rt, value) => toInteger(value as NumberValue);
}

export function toLong(value: NumberValue): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  const whole = value instanceof DecimalValue ? value.toBigInt() : BigInt(Math.trunc(value.value));
  return BigInt.asIntN(64, whole);
}

/** Truncates towards zero and keeps the low 32 bits, as Apex's `intValue` does. */
export function toInteger(value: NumberValue): number {
  return typeof value === "number" ? value | 0 : Number(BigInt.asIntN(32, toLong(value)));
}

export function toId(rt: Runtime, text: string): string {
  const id = normalizeId(text);
  if (id === null) throw rt.error("StringException", `Invalid id: ${text}`);
  return id;
}

/**
 * `(to) operand`.
 * @throws ApexCompileError when the cast can never succeed
 */
export function cast(typed: Typed, to: ApexType, at: SourcePosition): Typed {
  if (typed.query && isSObject(to)) return { type: to, run: singleRow(typed, to, at) };
  if (!isCastable(typed.type, to))
    throw compileError(
      at,
      `Incompatible types since an instance of ${typed.type.name} is never an instance of ${to.name}`,
    );
  const { run } = typed;
  if (isNumeric(typed.type) && isNumeric(to)) {
    const convert = numericConversion(to);
    return { type: to, run: (frame) => nullOr(run(frame), (value) => convert(frame.rt, value)) };
  }
  return { type: to, run: (frame) => castValue(frame.rt, run(frame), to) };
}

function nullOr(value: Value, then: (value: Value) => Value): Value {
  return value === null ? null : then(value);
}

/** A run-time cast: TypeException when the value is something else. */
export function castValue(rt: Runtime, value: Value, to: ApexType): Value {
  if (value === null || to === objectType) return value;
  if (to === idType && typeof value === "string") return toId(rt, value);
  if (isNumeric(to) && isNumber(value)) {
    const from = numberType(value);
    if (from !== to && conversionDistance(from, to) !== null)
      return numericConversion(to)(rt, value);
  }
  if (to === datetimeType && value instanceof DateValue)
    return new DatetimeValue(value.day * dayMs);
  if (valueIs(value, to)) return value;
  throw rt.error(
    "TypeException",
    `Invalid conversion from runtime type ${typeText(runtimeType(value))} to ${typeText(to)}`,
  );
}

function numberType(value: NumberValue): ApexType {
  if (typeof value === "number") return integerType;
  return typeof value === "bigint" ? longType : value.type;
}

function runtimeType(value: Exclude<Value, null>): ApexType {
  if (typeof value === "object") return value.type;
  if (typeof value === "string") return stringType;
  return isNumber(value) ? numberType(value) : objectType;
}
