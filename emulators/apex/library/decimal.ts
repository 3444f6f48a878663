/** Decimal and System.RoundingMode. */
import { toInteger, toLong } from "../compile/convert.ts";
import type { Runtime } from "../run/runtime.ts";
import { decimalType } from "../types/builtin.ts";
import {
  DecimalValue,
  RoundingNecessary,
  type RoundingMode,
  roundingModes,
} from "../values/decimal.ts";
import type { EnumValue } from "../values/value.ts";
import { DoubleValue } from "../values/scalars.ts";
import { isNumber, toDecimal } from "../values/equality.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "../intrinsics/define.ts";
import { libraryEnum } from "../intrinsics/enum.ts";
import { formatNumber } from "./numbers.ts";

export const roundingModeInfo = libraryEnum("RoundingMode", roundingModes);

export function modeOf(value: EnumValue): RoundingMode {
  return value.name as RoundingMode;
}

export function rescale(
  rt: Runtime,
  value: DecimalValue,
  scale: number,
  mode: RoundingMode,
): DecimalValue {
  try {
    return value.withScale(scale, mode);
  } catch (error) {
    if (error instanceof RoundingNecessary) throw rt.error("MathException", error.message);
    throw error;
  }
}

function parseDecimal(rt: Runtime, text: string): DecimalValue {
  const value = DecimalValue.parse(text);
  if (!value) throw rt.error("TypeException", `Invalid decimal: ${text}`);
  return value;
}

addMembers(decimalType.info, {
  "static Decimal valueOf(String text)": (rt, text: string) => parseDecimal(rt, text),
  "static Decimal valueOf(Double value)": (_rt, value: DoubleValue) => DecimalValue.of(value.value),
  "static Decimal valueOf(Long value)": (_rt, value: bigint) => DecimalValue.of(value),
  "static Decimal valueOf(Object value)": (rt, value: Value) => {
    if (typeof value === "string") return parseDecimal(rt, value);
    if (isNumber(value)) return toDecimal(value);
    throw rt.error("TypeException", "Invalid decimal: value is no number");
  },
  "Decimal abs()": (_rt, self: DecimalValue) =>
    self.unscaled < 0n ? new DecimalValue(-self.unscaled, self.scale) : self,
  "Decimal divide(Decimal divisor, Integer scale)": (
    rt,
    self: DecimalValue,
    divisor: DecimalValue,
    scale: number,
  ) => divide(rt, self, divisor, scale, "HALF_UP"),
  "Decimal divide(Decimal divisor, Integer scale, RoundingMode mode)": (
    rt,
    self: DecimalValue,
    divisor: DecimalValue,
    scale: number,
    mode: EnumValue,
  ) => divide(rt, self, divisor, scale, modeOf(mode)),
  "Double doubleValue()": (_rt, self: DecimalValue) => new DoubleValue(self.toNumber()),
  "String format()": (_rt, self: DecimalValue) => formatNumber(self.toString()),
  "Integer intValue()": (_rt, self: DecimalValue) => toInteger(self),
  "Long longValue()": (_rt, self: DecimalValue) => toLong(self),
  "Long round()": (rt, self: DecimalValue) => rescale(rt, self, 0, "HALF_EVEN").toBigInt(),
  "Long round(RoundingMode mode)": (rt, self: DecimalValue, mode: EnumValue) =>
    rescale(rt, self, 0, modeOf(mode)).toBigInt(),
  "Integer scale()": (_rt, self: DecimalValue) => self.scale,
  "Decimal setScale(Integer scale)": (rt, self: DecimalValue, scale: number) =>
    rescale(rt, self, scale, "HALF_EVEN"),
  "Decimal setScale(Integer scale, RoundingMode mode)": (
    rt,
    self: DecimalValue,
    scale: number,
    mode: EnumValue,
  ) => rescale(rt, self, scale, modeOf(mode)),
});

function divide(
  rt: Runtime,
  self: DecimalValue,
  divisor: DecimalValue,
  scale: number,
  mode: RoundingMode,
): DecimalValue {
  if (divisor.unscaled === 0n) throw rt.error("MathException", "Divide by 0");
  return rescale(rt, self.divide(divisor), scale, mode);
}
