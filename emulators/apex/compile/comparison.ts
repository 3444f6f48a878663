/** `==`, `===`, `<` and their kin. */
import type { SourcePosition } from "../errors.ts";
import { normalizeId } from "../values/ids.ts";
import {
  booleanType,
  dateType,
  datetimeType,
  idType,
  nullType,
  objectType,
  stringType,
  timeType,
} from "../types/builtin.ts";
import { isAssignable, isNumeric, isSObject, isText } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue, MapValue, SetValue } from "../values/collections.ts";
import { compareText, compareValues, textEqual, valuesEqual } from "../values/equality.ts";
import { ObjectValue } from "../values/object-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { onlyRow } from "./convert.ts";
import { compileError, type Typed } from "./typed.ts";

type Test = (left: Value, right: Value) => boolean;

export function equalityOperator(
  at: SourcePosition,
  operator: string,
  leftTyped: Typed,
  rightTyped: Typed,
): Typed {
  const left = rowFor(leftTyped, rightTyped);
  const right = rowFor(rightTyped, leftTyped);
  if (!comparable(left.type, right.type))
    throw compileError(
      at,
      `Comparison arguments must be compatible types: ${left.type.name}, ${right.type.name}`,
    );
  const exact = operator === "===" || operator === "!==";
  const negated = operator === "!=" || operator === "!==" || operator === "<>";
  const test = exact ? sameReference : looseTest(left.type, right.type);
  const [a, b] = [left.run, right.run];
  return {
    type: booleanType,
    run: (frame) => {
      const value = a(frame);
      return test(value, b(frame)) !== negated;
    },
  };
}

/** `[SELECT …] == record` compares the only row. */
function rowFor(typed: Typed, other: Typed): Typed {
  return typed.query && isSObject(other.type) ? onlyRow(typed) : typed;
}

function comparable(left: ApexType, right: ApexType): boolean {
  if (left === nullType || right === nullType) return true;
  if (isNumeric(left) && isNumeric(right)) return true;
  return isAssignable(left, right) || isAssignable(right, left);
}

function looseTest(left: ApexType, right: ApexType): Test {
  if (left === idType || right === idType) return idEqual;
  if (left === stringType || right === stringType) return textEqual;
  return valuesEqual;
}

/** An Id equals a text that is the same Id in 15 characters. */
function idEqual(left: Value, right: Value): boolean {
  if (typeof left !== "string" || typeof right !== "string") return left === right;
  return left === right || (normalizeId(left) ?? left) === (normalizeId(right) ?? right);
}

function sameReference(left: Value, right: Value): boolean {
  const byIdentity = [ListValue, SetValue, MapValue, ObjectValue, SObjectValue];
  if (byIdentity.some((kind) => left instanceof kind)) return left === right;
  return valuesEqual(left, right);
}

const ordered = new Set([dateType, datetimeType, timeType, stringType, idType]);

export function compareOperator(
  at: SourcePosition,
  operator: string,
  left: Typed,
  right: Typed,
): Typed {
  const fits =
    (isNumeric(left.type) && isNumeric(right.type)) ||
    (isText(left.type) && isText(right.type)) ||
    (ordered.has(left.type) && comparable(left.type, right.type)) ||
    left.type === nullType ||
    right.type === nullType;
  if (!fits || left.type === objectType)
    throw compileError(
      at,
      `Comparison arguments must be compatible types: ${left.type.name}, ${right.type.name}`,
    );
  const text = isText(left.type) && isText(right.type);
  const test = orderTest(operator);
  const [a, b] = [left.run, right.run];
  return {
    type: booleanType,
    run: (frame) => {
      const first = a(frame);
      const second = b(frame);
      if (text) return test(compareOptionalText(first, second));
      // A missing number or date makes every comparison false.
      if (first === null || second === null) return false;
      const order = compareValues(first, second);
      return order !== null && test(order);
    },
  };
}

/** A text is greater than no text; case does not count, as with `==`. */
function compareOptionalText(left: Value, right: Value): number {
  if (typeof left !== "string" || typeof right !== "string")
    return left === right ? 0 : left === null ? -1 : 1;
  return compareText(left.toLowerCase(), right.toLowerCase());
}

function orderTest(operator: string): (order: number) => boolean {
  switch (operator) {
    case "<":
      return (order) => order < 0;
    case "<=":
      return (order) => order <= 0;
    case ">":
      return (order) => order > 0;
    default:
      return (order) => order >= 0;
  }
}
