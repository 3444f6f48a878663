import type {
  ConditionWithValueQuery,
  HavingClause,
  LiteralType,
  Query,
  WhereClause,
} from "@jetstreamapp/soql-parser-js";
import { RequestError } from "../data/errors.ts";
import type { FieldSchema, FieldValue } from "../schema/types.ts";
import { foldCase, includesAny, likePattern, meets } from "./compare.ts";
import { type Literal, readLiteral, unquote } from "./literal.ts";
import { malformed } from "./parse-query.ts";
import { pointAt, type QueryContext } from "./query-context.ts";

/** The tree of a WHERE or HAVING clause over items of type `Row`. */
export type Condition<Row> =
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition<Row>[] }
  | { readonly kind: "not"; readonly part: Condition<Row> }
  | Test<Row>;

export interface Test<Row> {
  readonly kind: "test";
  readonly operator: string;
  readonly field: FieldSchema;
  /** The field is one of the queried object itself, not behind a lookup. */
  readonly direct: boolean;
  readonly values: readonly FieldValue[];
  holds(row: Row): boolean;
}

/** How a condition's left side is read: a field path, or an aggregate in HAVING. */
export interface Operand<Row> {
  readonly field: FieldSchema;
  readonly direct: boolean;
  value(row: Row): FieldValue;
}

export interface ConditionReader<Row> {
  readonly context: QueryContext;
  operand(condition: ConditionWithValueQuery): Operand<Row>;
  /** The values that a sub-query gives. */
  subquery(query: Query): FieldValue[];
}

type Token = "(" | ")" | "AND" | "OR" | "NOT" | ConditionWithValueQuery;

/** The parser leaves parentheses as counts on conditions; this gives them back their places. */
function tokensOf(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let at: WhereClause | HavingClause = clause;
  for (;;) {
    const left: ConditionWithValueQuery | null = at.left;
    const opened = left && "openParen" in left ? (left.openParen ?? 0) : 0;
    tokens.push(...Array<Token>(opened).fill("("));
    if (left && "operator" in left) tokens.push(left);
    const closed = left && "closeParen" in left ? (left.closeParen ?? 0) : 0;
    tokens.push(...Array<Token>(closed).fill(")"));
    if (!("operator" in at)) break;
    tokens.push(at.operator);
    at = at.right;
  }
  return tokens;
}

export function holds<Row>(condition: Condition<Row>, row: Row): boolean {
  switch (condition.kind) {
    case "and":
      return condition.parts.every((part) => holds(part, row));
    case "or":
      return condition.parts.some((part) => holds(part, row));
    case "not":
      return !holds(condition.part, row);
    case "test":
      return condition.holds(row);
  }
}

/** Builds the tree. AND and OR side by side without parentheses are refused, as Salesforce does. */
export function readCondition<Row>(
  clause: WhereClause | HavingClause,
  reader: ConditionReader<Row>,
): Condition<Row> {
  const tokens = tokensOf(clause);
  let position = 0;
  const group = (): Condition<Row> => {
    const parts = [operand()];
    let joined: "AND" | "OR" | null = null;
    for (;;) {
      const token = tokens[position];
      if (token !== "AND" && token !== "OR") break;
      if (joined !== null && joined !== token) {
        throw malformed(reader.context.soql, `unexpected token: ${token}`);
      }
      joined = token;
      position += 1;
      parts.push(operand());
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: joined === "OR" ? "or" : "and", parts };
  };
  const operand = (): Condition<Row> => {
    const token = tokens[position];
    position += 1;
    if (token === "NOT") return { kind: "not", part: operand() };
    if (token === "(") {
      const inner = group();
      if (tokens[position] !== ")") throw malformed(reader.context.soql, "missing )");
      position += 1;
      return inner;
    }
    if (token === undefined || typeof token === "string") {
      throw malformed(reader.context.soql, `unexpected token: ${token ?? "end"}`);
    }
    return readTest(token, reader);
  };
  return group();
}

function readTest<Row>(
  condition: ConditionWithValueQuery,
  reader: ConditionReader<Row>,
): Test<Row> {
  if (!("operator" in condition)) throw malformed(reader.context.soql, "condition expected");
  const operand = reader.operand(condition);
  const { field } = operand;
  if (!field.filterable) throw notFilterable(reader.context, field);
  const operator = condition.operator.toUpperCase();
  if ("valueQuery" in condition) {
    const values = reader.subquery(condition.valueQuery);
    return membership(
      operand,
      operator,
      values.map((value) => ({ value })),
    );
  }
  const texts = [condition.value].flat().map(String);
  const types = condition.literalType;
  const typeAt = (index: number): LiteralType | undefined =>
    Array.isArray(types) ? types[index] : types;
  if (operator === "LIKE") {
    const pattern = likePattern(unquote(texts[0] ?? ""));
    return test(operand, operator, [], (value) => typeof value === "string" && pattern.test(value));
  }
  if (operator === "INCLUDES" || operator === "EXCLUDES") {
    const combinations = texts.map(unquote);
    const wanted = operator === "INCLUDES";
    return test(operand, operator, [], (value) => includesAny(value, combinations) === wanted);
  }
  const literals = texts.map((text, index) =>
    readLiteral(reader.context, field, text, typeAt(index)),
  );
  if (operator === "IN" || operator === "NOT IN") return membership(operand, operator, literals);
  const [literal] = literals;
  if (!literal) throw malformed(reader.context.soql, "value expected");
  return test(operand, operator, valuesOf(literals), (value) =>
    meets(field, value, operator, literal),
  );
}

function membership<Row>(
  operand: Operand<Row>,
  operator: string,
  literals: readonly Literal[],
): Test<Row> {
  const wanted = operator === "IN";
  const { field } = operand;
  const meetsOne = (value: FieldValue) =>
    literals.some((literal) => meets(field, value, "=", literal));
  const values = valuesOf(literals);
  const texts = values.filter((value) => typeof value === "string");
  // Lists of hundreds over thousands of rows are usual, and nearly always of texts.
  const folded = new Set(texts.map((text) => foldCase(field, text)));
  const allTexts = texts.length === literals.length;
  return test(operand, operator, values, (value) => {
    const found =
      allTexts && typeof value === "string" ? folded.has(foldCase(field, value)) : meetsOne(value);
    return found === wanted;
  });
}

function valuesOf(literals: readonly Literal[]): FieldValue[] {
  return literals.flatMap((literal) => ("value" in literal ? [literal.value] : []));
}

function test<Row>(
  operand: Operand<Row>,
  operator: string,
  values: readonly FieldValue[],
  matches: (value: FieldValue) => boolean,
): Test<Row> {
  return {
    kind: "test",
    operator,
    field: operand.field,
    direct: operand.direct,
    values,
    holds: (row) => matches(operand.value(row)),
  };
}

function notFilterable(context: QueryContext, field: FieldSchema): RequestError {
  return new RequestError(
    "INVALID_FIELD",
    `${pointAt(context.soql, field.name)}\nfield '${field.name}' can not be filtered in a query call`,
  );
}
