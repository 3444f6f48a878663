import type { SwitchStatementContext, WhenLiteralContext } from "@apexdevtools/apex-parser";
import type { SourcePosition } from "../errors.ts";
import type { LiteralValue, StatementNode, WhenLabel, WhenNode } from "./ast.ts";
import { buildExpression } from "./build-expression.ts";
import { buildBlock } from "./build-statement.ts";
import { integerLiteral, unescapeString } from "./literals.ts";
import { optional, positionOf, readType } from "./tokens.ts";

export function buildSwitch(file: string, context: SwitchStatementContext): StatementNode {
  const whens = context.whenControl_list().map((control): WhenNode => {
    const value = control.whenValue();
    const at = positionOf(file, control);
    const body = buildBlock(file, control.block());
    if (optional(value.ELSE())) return { at, labels: null, binding: null, body };
    const type = optional(value.typeRef());
    if (type) {
      const binding = { type: readType(file, type), name: value.id().getText() };
      return { at, labels: [], binding, body };
    }
    const labels = value.whenLiteral_list().map((literal) => readLabel(file, literal));
    return { at, labels, binding: null, body };
  });
  const subject = buildExpression(file, context.expression());
  return { kind: "switch", at: positionOf(file, context), subject, whens };
}

function readLabel(file: string, context: WhenLiteralContext): WhenLabel {
  const at = positionOf(file, context);
  const nested = optional(context.whenLiteral());
  if (nested) return readLabel(file, nested);
  const name = optional(context.qualifiedName());
  if (name) return { kind: "name", at, name: name.getText() };
  return {
    kind: "literal",
    at,
    value: { kind: "literal", at, literal: labelLiteral(at, context) },
  };
}

function labelLiteral(at: SourcePosition, context: WhenLiteralContext): LiteralValue {
  const text = context.getText();
  if (optional(context.NULL())) return { type: "null" };
  if (optional(context.StringLiteral()))
    return { type: "String", value: unescapeString(text.slice(1, -1)) };
  const minus = context.SUB_list().length % 2 === 1;
  const digits = text.replace(/^[-+]+/, "");
  if (optional(context.LongLiteral())) {
    const value = BigInt(digits.slice(0, -1));
    return { type: "Long", value: minus ? -value : value };
  }
  const literal = integerLiteral(at, digits);
  return literal.type === "Integer" && minus ? { type: "Integer", value: -literal.value } : literal;
}
