import type { FieldSchema, FieldValue } from "../schema/types.ts";
import type { DateRange } from "./date-literals.ts";
import type { Literal } from "./literal.ts";

/** Text compares without case, except where the field minds it; everything else by its kind. */
export function compareValues(field: FieldSchema, left: FieldValue, right: FieldValue): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === "string" && typeof right === "string") {
    const a = foldCase(field, left);
    const b = foldCase(field, right);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number(left) - Number(right);
}

export function foldCase(field: FieldSchema, text: string): string {
  const exact = field.caseSensitive || field.type === "id" || field.type === "reference";
  return exact ? text : text.toLowerCase();
}

/** Whether a value meets `operator literal`. Blank values meet only comparisons with null and `!=`. */
export function meets(
  field: FieldSchema,
  value: FieldValue,
  operator: string,
  literal: Literal,
): boolean {
  if ("range" in literal) return meetsRange(field, value, operator, literal.range);
  const order = compareValues(field, value, literal.value);
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    default:
      if (value === null || literal.value === null) return false;
      return inOrder(order, operator);
  }
}

function inOrder(order: number, operator: string): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

function meetsRange(
  field: FieldSchema,
  value: FieldValue,
  operator: string,
  range: DateRange,
): boolean {
  if (typeof value !== "string") return operator === "!=";
  const text = (edge: DateRange["start"]): string =>
    field.type === "date" ? edge.toFormat("yyyy-MM-dd") : edge.toJSDate().toISOString();
  const start = text(range.start);
  const end = text(range.end);
  switch (operator) {
    case "=":
      return value >= start && value < end;
    case "!=":
      return value < start || value >= end;
    case "<":
      return value < start;
    case "<=":
      return value < end;
    case ">":
      return value >= end;
    default:
      return value >= start;
  }
}

/** LIKE: `%` any text, `_` one character, a backslash before either means itself. */
export function likePattern(pattern: string): RegExp {
  const source = pattern.replace(
    /\\([%_])|([%_])|([.*+?^${}()|[\]\\])/g,
    (_all, literal: string | undefined, wild: string | undefined, special: string | undefined) =>
      literal ?? (wild === "%" ? "[\\s\\S]*" : wild === "_" ? "[\\s\\S]" : `\\${special ?? ""}`),
  );
  return new RegExp(`^${source}$`, "i");
}

/** INCLUDES: some of the given combinations is wholly chosen. */
export function includesAny(value: FieldValue, combinations: readonly string[]): boolean {
  if (typeof value !== "string") return false;
  const chosen = new Set(value.toLowerCase().split(";"));
  return combinations.some((combination) =>
    combination
      .toLowerCase()
      .split(";")
      .every((part) => chosen.has(part.trim())),
  );
}
