import { Decimal } from "decimal.js";
import { DateTime } from "luxon";
import type { FieldValue } from "../schema/types.ts";
import {
  type Expression,
  FormulaError,
  FormulaRuntimeError,
  type FormulaType,
  textOf,
} from "./types.ts";

const dayMs = 86_400_000;

/** The common type of two parts; picklists have none with texts, as in Salesforce. */
export function commonType(left: FormulaType, right: FormulaType): FormulaType | null {
  if (left === "blank") return right;
  return right === "blank" || left === right ? left : null;
}

/** Whether two values of one type are equal: texts with their case, blank text being empty text. */
export function areEqual(type: FormulaType, left: FieldValue, right: FieldValue): boolean {
  return type === "text" ? textOf(left) === textOf(right) : left === right;
}

export function compileBinary(
  operator: string,
  left: Expression,
  right: Expression,
  offset: number,
): Expression {
  const unfit = (): FormulaError => unfitParts(operator, left, right, offset);
  switch (operator) {
    case "&&":
    case "||": {
      if (commonType(left.type, "boolean") !== "boolean") throw unfit();
      if (commonType(right.type, "boolean") !== "boolean") throw unfit();
      const stop = operator === "||";
      return {
        type: "boolean",
        run: (input) => ((left.run(input) === true) === stop ? stop : right.run(input) === true),
      };
    }
    case "&":
      return concatenate(left, right, unfit);
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compileComparison(operator, left, right, unfit);
    default:
      return compileArithmetic(operator, left, right, unfit);
  }
}

function unfitParts(
  operator: string,
  left: Expression,
  right: Expression,
  offset: number,
): FormulaError {
  const picklist = [left, right].some((part) => part.type.endsWith("picklist"))
    ? "; a picklist needs TEXT() or ISPICKVAL()"
    : "";
  return new FormulaError(
    `"${operator}" can't join ${left.type} and ${right.type}${picklist}`,
    offset,
  );
}

function concatenate(left: Expression, right: Expression, unfit: () => FormulaError): Expression {
  if (commonType(left.type, "text") !== "text") throw unfit();
  if (commonType(right.type, "text") !== "text") throw unfit();
  return { type: "text", run: (input) => textOf(left.run(input)) + textOf(right.run(input)) };
}

function compileComparison(
  operator: string,
  left: Expression,
  right: Expression,
  unfit: () => FormulaError,
): Expression {
  const type = commonType(left.type, right.type);
  if (type === null || type.endsWith("picklist")) throw unfit();
  if (operator === "=" || operator === "<>") {
    const wanted = operator === "=";
    return {
      type: "boolean",
      run: (input) => areEqual(type, left.run(input), right.run(input)) === wanted,
    };
  }
  if (type === "boolean") throw unfit();
  return {
    type: "boolean",
    run: (input) => {
      const a = left.run(input);
      const b = right.run(input);
      if (a === null || b === null) return false;
      if (operator === "<") return a < b;
      if (operator === "<=") return a <= b;
      return operator === ">" ? a > b : a >= b;
    },
  };
}

function compileArithmetic(
  operator: string,
  left: Expression,
  right: Expression,
  unfit: () => FormulaError,
): Expression {
  const isTime = (type: FormulaType): boolean => type === "date" || type === "datetime";
  if (operator === "+" && left.type === "text") return concatenate(left, right, unfit);
  if (operator === "-" && isTime(left.type) && left.type === right.type) {
    return onValues("number", left, right, (a, b) =>
      new Decimal(momentMs(b)).neg().plus(momentMs(a)).div(dayMs).toNumber(),
    );
  }
  if ((operator === "+" || operator === "-") && isTime(left.type) && right.type === "number") {
    const sign = operator === "+" ? 1 : -1;
    return onValues(left.type, left, right, (a, b) => addDays(left.type, a, sign * Number(b)));
  }
  if (operator === "+" && left.type === "number" && isTime(right.type)) {
    return compileArithmetic("+", right, left, unfit);
  }
  if (commonType(left.type, right.type) !== "number") throw unfit();
  return onValues("number", left, right, (a, b) => calculate(operator, Number(a), Number(b)));
}

/** Blank when one side is. */
function onValues(
  type: FormulaType,
  left: Expression,
  right: Expression,
  compute: (left: FieldValue, right: FieldValue) => FieldValue,
): Expression {
  return {
    type,
    run: (input) => {
      const a = left.run(input);
      const b = right.run(input);
      return a === null || b === null ? null : compute(a, b);
    },
  };
}

function calculate(operator: string, left: number, right: number): number {
  const a = new Decimal(left);
  switch (operator) {
    case "+":
      return a.plus(right).toNumber();
    case "-":
      return a.minus(right).toNumber();
    case "*":
      return a.times(right).toNumber();
    case "/":
      if (right === 0) throw new FormulaRuntimeError("division by zero");
      return a.div(right).toNumber();
    default:
      return a.pow(right).toNumber();
  }
}

function momentMs(value: FieldValue): number {
  return DateTime.fromISO(String(value), { zone: "utc" }).toMillis();
}

/** Whole days count for a date: what is left of a day is cut off. */
function addDays(type: FormulaType, value: FieldValue, days: number): string {
  const moved = DateTime.fromMillis(
    momentMs(value) + Math.round((type === "date" ? Math.trunc(days) : days) * dayMs),
    { zone: "utc" },
  );
  return type === "date" ? moved.toFormat("yyyy-MM-dd") : moved.toJSDate().toISOString();
}
