/** System.Math. Each function is there for every number type that the reference lists. */
import { DecimalValue } from "../values/decimal.ts";
import { DoubleValue } from "../values/scalars.ts";
import { libraryClass, type LibraryFunction, type Members } from "./define.ts";
import { rescale } from "./decimal.ts";

const double = (value: number): DoubleValue => new DoubleValue(value);

/** Functions of one Double, with a Decimal version that goes through it. */
const functions: Readonly<Record<string, (value: number) => number>> = {
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  log10: Math.log10,
  signum: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

function viaDouble(): Members {
  const members: Record<string, LibraryFunction> = {};
  for (const [name, apply] of Object.entries(functions)) {
    members[`static Double ${name}(Double value)`] = (_rt, value: DoubleValue) =>
      double(apply(value.value));
    if (name === "ceil" || name === "floor") continue;
    members[`static Decimal ${name}(Decimal value)`] = (_rt, value: DecimalValue) =>
      DecimalValue.of(apply(value.toNumber()));
  }
  return members;
}

libraryClass("Math", {
  ...viaDouble(),
  "static Decimal ceil(Decimal value)": (rt, value: DecimalValue) =>
    rescale(rt, value, 0, "CEILING"),
  "static Decimal floor(Decimal value)": (rt, value: DecimalValue) =>
    rescale(rt, value, 0, "FLOOR"),
  "static Integer abs(Integer value)": (_rt, value: number) => Math.abs(value) | 0,
  "static Long abs(Long value)": (_rt, value: bigint) => (value < 0n ? -value : value),
  "static Double abs(Double value)": (_rt, value: DoubleValue) => double(Math.abs(value.value)),
  "static Decimal abs(Decimal value)": (_rt, value: DecimalValue) =>
    value.unscaled < 0n ? new DecimalValue(-value.unscaled, value.scale) : value,
  "static Double atan2(Double y, Double x)": (_rt, y: DoubleValue, x: DoubleValue) =>
    double(Math.atan2(y.value, x.value)),
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
  "static Double pow(Double base, Double exponent)": (
    _rt,
    base: DoubleValue,
    exponent: DoubleValue,
  ) => double(base.value ** exponent.value),
  "static Double random()": () => double(Math.random()),
  "static Integer round(Double value)": (_rt, value: DoubleValue) =>
    Math.floor(value.value + 0.5) | 0,
  "static Integer round(Decimal value)": (rt, value: DecimalValue) =>
    Number(rescale(rt, value, 0, "HALF_EVEN").toBigInt()) | 0,
  "static Long roundToLong(Double value)": (_rt, value: DoubleValue) =>
    BigInt(Math.floor(value.value + 0.5)),
  "static Long roundToLong(Decimal value)": (rt, value: DecimalValue) =>
    rescale(rt, value, 0, "HALF_EVEN").toBigInt(),
  "static Double rint(Double value)": (_rt, value: DoubleValue) =>
    double(DecimalValue.of(value.value).withScale(0, "HALF_EVEN").toNumber()),
});
