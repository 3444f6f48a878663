import { readTokens, type Token } from "./tokens.ts";
import { FormulaError } from "./types.ts";

/** A formula's tree. `offset` is where a part stands in the formula. */
export type Node = { readonly offset: number } & (
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly path: readonly string[] }
  | { readonly kind: "call"; readonly name: string; readonly parts: readonly Node[] }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly part: Node }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Node;
      readonly right: Node;
    }
);

/** Operators from the loosest to the tightest: Help, "Formula Operators and Functions". */
const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["=", "==", "<>", "!=", "<", "<=", ">", ">="],
  ["+", "-", "&"],
  ["*", "/"],
  ["^"],
];
const spellings: Readonly<Record<string, string>> = { "==": "=", "!=": "<>" };
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ["TRUE", true],
  ["FALSE", false],
  ["NULL", null],
]);

/** @throws FormulaError where the text is no formula */
export function parseFormula(text: string): Node {
  const tokens = readTokens(text);
  let position = 0;
  const peek = (): Token => tokens[position] ?? { kind: "end", value: "", offset: text.length };
  const isSymbol = (value: string): boolean => peek().kind === "symbol" && peek().value === value;
  const take = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const expect = (value: string): void => {
    if (!isSymbol(value)) throw unexpected(peek(), `"${value}"`);
    take();
  };

  const binary = (level: number): Node => {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while (peek().kind === "symbol" && operators.includes(peek().value)) {
      const { value, offset } = take();
      const operator = spellings[value] ?? value;
      left = { kind: "binary", operator, left, right: binary(level + 1), offset };
    }
    return left;
  };
  const unary = (): Node => {
    const { offset } = peek();
    if (isSymbol("+")) {
      take();
      return unary();
    }
    for (const operator of ["-", "!"] as const) {
      if (!isSymbol(operator)) continue;
      take();
      return { kind: "unary", operator, part: unary(), offset };
    }
    return primary();
  };
  const primary = (): Node => {
    const token = take();
    const { kind, value, offset } = token;
    if (kind === "text") return { kind: "literal", value, offset };
    if (kind === "number") return { kind: "literal", value: Number(value), offset };
    if (kind === "symbol" && value === "(") {
      const inside = binary(0);
      expect(")");
      return inside;
    }
    if (kind !== "name") throw unexpected(token, "a value");
    if (isSymbol("(")) return { kind: "call", name: value.toUpperCase(), parts: parts(), offset };
    const constant = constants.get(value.toUpperCase());
    if (constant !== undefined) return { kind: "literal", value: constant, offset };
    return { kind: "name", path: value.split("."), offset };
  };
  const parts = (): Node[] => {
    expect("(");
    const given: Node[] = [];
    if (!isSymbol(")")) {
      given.push(binary(0));
      while (isSymbol(",")) {
        take();
        given.push(binary(0));
      }
    }
    expect(")");
    return given;
  };

  const root = binary(0);
  if (peek().kind !== "end") throw unexpected(peek(), "the end");
  return root;
}

function unexpected(token: Token, wanted: string): FormulaError {
  const found = token.kind === "end" ? "the formula ends" : `"${token.value}" stands there`;
  return new FormulaError(`${wanted} is expected, but ${found}`, token.offset);
}
