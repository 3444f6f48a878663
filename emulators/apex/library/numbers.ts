/** Integer, Long and Double. */
import { toInteger } from "../compile/convert.ts";
import type { Runtime } from "../run/runtime.ts";
import { doubleType, integerType, longType } from "../types/builtin.ts";
import { isNumber, toNumber } from "../values/equality.ts";
import { DoubleValue } from "../values/scalars.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "../intrinsics/define.ts";

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** `1234.5` as `1,234.5`: the number format of the en_US locale. */
export function formatNumber(text: string): string {
  const [whole = "", fraction] = text.split(".");
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
}

export function parseInteger(rt: Runtime, text: string): number {
  const trimmed = text.trim();
  const value = /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (Number.isNaN(value) || value > 2147483647 || value < -2147483648)
    throw rt.error("TypeException", `Invalid integer: ${text}`);
  return value;
}

addMembers(integerType.info, {
  "static Integer valueOf(String text)": (rt, text: string) => parseInteger(rt, text),
  "static Integer valueOf(Object value)": (rt, value: Value) => {
    if (typeof value === "string") return parseInteger(rt, value);
    if (isNumber(value)) return toInteger(value);
    throw rt.error("TypeException", "Invalid integer: value is no number");
  },
  "String format()": (_rt, self: number) => formatNumber(String(self)),
});

addMembers(longType.info, {
  "static Long valueOf(String text)": (rt, text: string) => {
    if (!/^\s*[+-]?\d+\s*$/.test(text)) throw rt.error("TypeException", `Invalid long: ${text}`);
    return BigInt(text.trim());
  },
  "Integer intValue()": (_rt, self: bigint) => toInteger(self),
});

function parseDouble(rt: Runtime, text: string): DoubleValue {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw rt.error("TypeException", `Invalid double: ${text}`);
  return new DoubleValue(value);
}

addMembers(doubleType.info, {
  "static Double valueOf(String text)": (rt, text: string) => parseDouble(rt, text),
  "static Double valueOf(Object value)": (rt, value: Value) => {
    if (typeof value === "string") return parseDouble(rt, value);
    if (isNumber(value)) return new DoubleValue(toNumber(value));
    throw rt.error("TypeException", "Invalid double: value is no number");
  },
  "Integer intValue()": (_rt, self: DoubleValue) => toInteger(self),
  "Long round()": (_rt, self: DoubleValue) => BigInt(Math.floor(self.value + 0.5)),
});
