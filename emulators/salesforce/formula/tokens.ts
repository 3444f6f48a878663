import { FormulaError } from "./types.ts";

export interface Token {
  readonly kind: "name" | "text" | "number" | "symbol" | "end";
  /** A text's content, or the token as written. */
  readonly value: string;
  readonly offset: number;
}

const symbols = ["&&", "||", "==", "<>", "!=", "<=", ">=", ...Array.from("+-*/^&=<>!(),")];
const patterns = {
  space: /(?:\s+|\/\*[\s\S]*?\*\/)+/y,
  number: /\d+(?:\.\d*)?|\.\d+/y,
  name: /\$?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y,
};

/**
 * Cuts a formula into tokens; comments and white space fall away.
 * @throws FormulaError where no token can begin
 */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    return pattern.exec(text)?.[0] ?? null;
  };
  for (;;) {
    offset += match(patterns.space)?.length ?? 0;
    if (offset >= text.length) return [...tokens, { kind: "end", value: "", offset }];
    const start = text[offset] ?? "";
    if (start === '"' || start === "'") {
      const { content, end } = readText(text, offset);
      tokens.push({ kind: "text", value: content, offset });
      offset = end;
      continue;
    }
    const number = match(patterns.number);
    const name = number === null ? match(patterns.name) : null;
    const symbol = symbols.find((each) => text.startsWith(each, offset));
    const value = number ?? name ?? symbol;
    if (value === undefined) throw new FormulaError(`"${start}" is not expected here`, offset);
    const kind = number !== null ? "number" : name !== null ? "name" : "symbol";
    tokens.push({ kind, value, offset });
    offset += value.length;
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function readText(text: string, start: number): { content: string; end: number } {
  const quote = text[start];
  let content = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === quote) return { content, end: at + 1 };
    if (character !== "\\") {
      content += character;
      continue;
    }
    at += 1;
    const escaped = text[at] ?? "";
    if (!/["'\\nrt]/.test(escaped)) {
      throw new FormulaError(`"\\${escaped}" is no escape; write "\\\\" for a backslash`, at - 1);
    }
    content += escapes[escaped] ?? escaped;
  }
  throw new FormulaError("the text has no closing quote", start);
}
