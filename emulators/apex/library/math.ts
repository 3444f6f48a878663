/** System.Math. Each function is there for every number type that the reference lists. */
import { DecimalValue } from "../values/decimal.ts";
import { DoubleValue } from "../values/scalars.ts";
import { libraryClass } from "../intrinsics/define.ts";
import { rescale } from "./decimal.ts";

const double = (value: number): DoubleValue => new DoubleValue(value);

libraryClass("Math", {
  "static Double ceil(Double value)": (_rt, value: DoubleValue) => double(Math.ceil(value.value)),
  "static Double floor(Double value)": (_rt, value: DoubleValue) => double(Math.floor(value.value)),
  "static Decimal ceil(Decimal value)": (rt, value: DecimalValue) =>
    rescale(rt, value, 0, "CEILING"),
  "static Decimal floor(Decimal value)": (rt, value: DecimalValue) =>
    rescale(rt, value, 0, "FLOOR"),
  "static Integer abs(Integer value)": (_rt, value: number) => Math.abs(value) | 0,
  "static Long abs(Long value)": (_rt, value: bigint) => (value < 0n ? -value : value),
  "static Double abs(Double value)": (_rt, value: DoubleValue) => double(Math.abs(value.value)),
  "static Decimal abs(Decimal value)": (_rt, value: DecimalValue) =>
    value.unscaled < 0n ? new DecimalValue(-value.unscaled, value.scale) : value,
  "static Integer max(Integer a, Integer b)": (_rt, a: number, b: number) => Math.max(a, b),
  "static Long max(Long a, Long b)": (_rt, a: bigint, b: bigint) => (a > b ? a : b),
  "static Double max(Double a, Double b)": (_rt, a: DoubleValue, b: DoubleValue) =>
    a.value > b.value ? a : b,
  "static Decimal max(Decimal a, Decimal b)": (_rt, a: DecimalValue, b: DecimalValue) =>
    a.compare(b) > 0 ? a : b,
  "static Integer min(Integer a, Integer b)": (_rt, a: number, b: number) => Math.min(a, b),
  "static Long min(Long a, Long b)": (_rt, a: bigint, b: bigint) => (a < b ? a : b),
  "static Double min(Double a, Double b)": (_rt, a: DoubleValue, b: DoubleValue) =>
    a.value < b.value ? a : b,
  "static Decimal min(Decimal a, Decimal b)": (_rt, a: DecimalValue, b: DecimalValue) =>
    a.compare(b) < 0 ? a : b,
  "static Integer mod(Integer a, Integer b)": (rt, a: number, b: number) => {
    if (b === 0) throw rt.error("MathException", "Divide by 0");
    return a % b;
  },
  "static Long mod(Long a, Long b)": (rt, a: bigint, b: bigint) => {
    if (b === 0n) throw rt.error("MathException", "Divide by 0");
    return a % b;
  },
  "static Integer round(Double value)": (_rt, value: DoubleValue) =>
    Math.floor(value.value + 0.5) | 0,
  "static Integer round(Decimal value)": (rt, value: DecimalValue) =>
    Number(rescale(rt, value, 0, "HALF_EVEN").toBigInt()) | 0,
});
