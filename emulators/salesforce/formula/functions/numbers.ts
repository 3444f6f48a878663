import { Decimal } from "decimal.js";
import { FormulaRuntimeError } from "../types.ts";
import { type FunctionCompiler, requireParts, requireType, valueFunction } from "./define.ts";

/** Halves away from zero, as Help says of ROUND. Negative digits round before the point. */
function round(value: number, digits: number): number {
  const factor = new Decimal(10).pow(Math.trunc(digits));
  return new Decimal(value)
    .times(factor)
    .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
    .div(factor)
    .toNumber();
}

/** Help: CEILING goes "away from zero if negative", FLOOR "towards zero if negative". */
function awayFromZero(value: number): number {
  return value < 0 ? Math.floor(value) : Math.ceil(value);
}

/** The remainder has the sign of the divisor, unlike in JavaScript: MOD(-4, 3) is 2. */
function modulo(value: number, divisor: number): number {
  if (divisor === 0) throw new FormulaRuntimeError("division by zero");
  const floored = new Decimal(value).div(divisor).floor();
  return new Decimal(value).minus(floored.times(divisor)).toNumber();
}

function extreme(pick: (...values: number[]) => number): FunctionCompiler {
  return (call) => {
    requireParts(call, 1, Infinity);
    for (const part of call.parts) requireType(call, part, "number");
    return {
      type: "number",
      run: (input) => {
        const values = call.parts.map((part) => part.run(input));
        return values.includes(null) ? null : pick(...values.map(Number));
      },
    };
  };
}

export const numberFunctions: Readonly<Record<string, FunctionCompiler>> = {
  ROUND: valueFunction(["number", "number"], "number", ([value, digits]) =>
    round(Number(value), Number(digits)),
  ),
  ABS: valueFunction(["number"], "number", ([value]) => Math.abs(Number(value))),
  FLOOR: valueFunction(["number"], "number", ([value]) => Math.trunc(Number(value))),
  CEILING: valueFunction(["number"], "number", ([value]) => awayFromZero(Number(value))),
  MOD: valueFunction(["number", "number"], "number", ([value, divisor]) =>
    modulo(Number(value), Number(divisor)),
  ),
  MIN: extreme(Math.min),
  MAX: extreme(Math.max),
};
