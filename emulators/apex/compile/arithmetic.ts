/** Number, date and bit arithmetic on values. Operands arrive converted to the result's type. */
import type { Runtime } from "../run/runtime.ts";
import {
  booleanType,
  dateType,
  datetimeType,
  decimalType,
  doubleType,
  integerType,
} from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import { DecimalValue } from "../values/decimal.ts";
import { type NumberValue, toNumber } from "../values/equality.ts";
import { DateValue, DatetimeValue, dayMs, DoubleValue, TimeValue } from "../values/scalars.ts";
import type { Value } from "../values/value.ts";

export type Arithmetic = (rt: Runtime, left: Value, right: Value) => Value;

/** Both operands present, or NullPointerException. */
function strict(apply: (rt: Runtime, left: never, right: never) => Value): Arithmetic {
  const loose = apply as (rt: Runtime, left: Value, right: Value) => Value;
  return (rt, left, right) => {
    if (left === null || right === null) throw rt.nullPointer();
    return loose(rt, left, right);
  };
}

const byInteger: Readonly<Record<string, Arithmetic>> = {
  "+": strict((_rt, a: number, b: number) => (a + b) | 0),
  "-": strict((_rt, a: number, b: number) => (a - b) | 0),
  "*": strict((_rt, a: number, b: number) => Math.imul(a, b)),
  "/": strict((rt, a: number, b: number) => {
    if (b === 0) throw divideByZero(rt);
    return Math.trunc(a / b) | 0;
  }),
};

const byLong: Readonly<Record<string, Arithmetic>> = {
  "+": strict((_rt, a: bigint, b: bigint) => BigInt.asIntN(64, a + b)),
  "-": strict((_rt, a: bigint, b: bigint) => BigInt.asIntN(64, a - b)),
  "*": strict((_rt, a: bigint, b: bigint) => BigInt.asIntN(64, a * b)),
  "/": strict((rt, a: bigint, b: bigint) => {
    if (b === 0n) throw divideByZero(rt);
    return BigInt.asIntN(64, a / b);
  }),
};

const byDouble: Readonly<Record<string, Arithmetic>> = {
  "+": strict((_rt, a: DoubleValue, b: DoubleValue) => new DoubleValue(a.value + b.value)),
  "-": strict((_rt, a: DoubleValue, b: DoubleValue) => new DoubleValue(a.value - b.value)),
  "*": strict((_rt, a: DoubleValue, b: DoubleValue) => new DoubleValue(a.value * b.value)),
  "/": strict((rt, a: DoubleValue, b: DoubleValue) => {
    if (b.value === 0) throw divideByZero(rt);
    return new DoubleValue(a.value / b.value);
  }),
};

const byDecimal: Readonly<Record<string, Arithmetic>> = {
  "+": strict((_rt, a: DecimalValue, b: DecimalValue) => a.add(b)),
  "-": strict((_rt, a: DecimalValue, b: DecimalValue) => a.subtract(b)),
  "*": strict((_rt, a: DecimalValue, b: DecimalValue) => a.multiply(b)),
  "/": strict((rt, a: DecimalValue, b: DecimalValue) => {
    if (b.unscaled === 0n) throw divideByZero(rt);
    return a.divide(b);
  }),
};

function divideByZero(rt: Runtime): Error {
  return rt.error("MathException", "Divide by 0");
}

export function arithmetic(operator: string, type: ApexType): Arithmetic {
  const table =
    type === integerType
      ? byInteger
      : type === doubleType
        ? byDouble
        : type === decimalType
          ? byDecimal
          : byLong;
  return pick(table, operator);
}

function pick(table: Readonly<Record<string, Arithmetic>>, operator: string): Arithmetic {
  const found = table[operator];
  if (!found) throw new Error(`No operation ${operator}`);
  return found;
}

/** `date + days`, `datetime + days (also in parts)`, `time + hours` is not Apex: days only. */
export function dateArithmetic(operator: string, type: ApexType): Arithmetic {
  const sign = operator === "-" ? -1 : 1;
  return strict((_rt, left: Value, right: NumberValue) => {
    const amount = sign * toNumber(right);
    if (type === dateType) return new DateValue((left as DateValue).day + Math.trunc(amount));
    if (type === datetimeType)
      return new DatetimeValue((left as DatetimeValue).ms + Math.round(amount * dayMs));
    return new TimeValue((left as TimeValue).ms + Math.trunc(amount));
  });
}

const bitsOfInteger: Readonly<Record<string, Arithmetic>> = {
  "&": strict((_rt, a: number, b: number) => a & b),
  "|": strict((_rt, a: number, b: number) => a | b),
  "^": strict((_rt, a: number, b: number) => a ^ b),
  "<<": strict((_rt, a: number, b: number) => a << b),
  ">>": strict((_rt, a: number, b: number) => a >> b),
  ">>>": strict((_rt, a: number, b: number) => (a >>> b) | 0),
};

const bitsOfLong: Readonly<Record<string, Arithmetic>> = {
  "&": strict((_rt, a: bigint, b: bigint) => a & b),
  "|": strict((_rt, a: bigint, b: bigint) => a | b),
  "^": strict((_rt, a: bigint, b: bigint) => a ^ b),
  "<<": strict((_rt, a: bigint, b: bigint) => BigInt.asIntN(64, a << (b & 63n))),
  ">>": strict((_rt, a: bigint, b: bigint) => a >> (b & 63n)),
  ">>>": strict((_rt, a: bigint, b: bigint) =>
    BigInt.asIntN(64, BigInt.asUintN(64, a) >> (b & 63n)),
  ),
};

const bitsOfBoolean: Readonly<Record<string, Arithmetic>> = {
  "&": strict((_rt, a: boolean, b: boolean) => a && b),
  "|": strict((_rt, a: boolean, b: boolean) => a || b),
  "^": strict((_rt, a: boolean, b: boolean) => a !== b),
};

export function bitwise(operator: string, type: ApexType): Arithmetic {
  if (type === booleanType) return pick(bitsOfBoolean, operator);
  return pick(type === integerType ? bitsOfInteger : bitsOfLong, operator);
}

export function negate(value: Value): Value {
  if (typeof value === "number") return -value | 0;
  if (typeof value === "bigint") return BigInt.asIntN(64, -value);
  if (value instanceof DecimalValue) return new DecimalValue(-value.unscaled, value.scale);
  return value instanceof DoubleValue ? new DoubleValue(-value.value) : value;
}
