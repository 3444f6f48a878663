import type { LiteralContext } from "@apexdevtools/apex-parser";
import { ApexCompileError, type SourcePosition } from "../errors.ts";
import type { LiteralValue } from "./ast.ts";

const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "'": "'",
  "\\": "\\",
};

/** Apex string escapes: `\n`, `\'`, `\u0041` and the rest. */
export function unescapeString(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})|\\(.)/g, (_all, hex?: string, single?: string) =>
    hex === undefined
      ? (escapes[single ?? ""] ?? single ?? "")
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const integerMaximum = 2 ** 31;

/** The literal's value; an Integer out of range is the error Apex gives. */
export function readLiteral(at: SourcePosition, context: LiteralContext): LiteralValue {
  const text = context.getText();
  if (context.StringLiteral() as unknown)
    return { type: "String", value: unescapeString(text.slice(1, -1)) };
  if (context.MultilineStringLiteral() as unknown) {
    // The text begins on the line after the opening quotes.
    const body = text.slice(3, -3).replace(/^[ \t]*\r?\n/, "");
    return { type: "String", value: unescapeString(body) };
  }
  if (context.BooleanLiteral() as unknown)
    return { type: "Boolean", value: text.toLowerCase() === "true" };
  if (context.NULL() as unknown) return { type: "null" };
  if (context.LongLiteral() as unknown) return { type: "Long", value: BigInt(text.slice(0, -1)) };
  if (context.IntegerLiteral() as unknown) return integerLiteral(at, text);
  if (/d$/i.test(text)) return { type: "Double", value: Number(text.slice(0, -1)) };
  return { type: "Decimal", text };
}

export function integerLiteral(at: SourcePosition, text: string): LiteralValue {
  const value = Number(text);
  // 2147483648 is only legal behind a minus sign; `negate` wraps it back.
  if (value > integerMaximum) throw new ApexCompileError(at, `Illegal integer: ${text}`);
  return { type: "Integer", value };
}
