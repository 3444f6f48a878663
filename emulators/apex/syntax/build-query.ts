import { BoundExpressionContext, type QueryContext } from "@apexdevtools/apex-parser";
import type { ExpressionNode, QueryBind } from "./ast.ts";
import { buildExpression } from "./build-expression.ts";
import { positionOf } from "./tokens.ts";

/** A static query: its text as written and the bind expressions in it, in order. */
export function buildQuery(file: string, context: QueryContext): ExpressionNode {
  const input = context.start.getInputStream();
  const first = context.start.start;
  const last = context.stop?.stop ?? first;
  const binds: QueryBind[] = [];
  collectBinds(file, context, first, binds);
  return {
    kind: "query",
    at: positionOf(file, context),
    text: input.getText(first, last),
    binds,
  };
}

function collectBinds(file: string, node: unknown, offset: number, binds: QueryBind[]): void {
  if (node instanceof BoundExpressionContext) {
    binds.push({
      expression: buildExpression(file, node.expression()),
      start: node.start.start - offset,
      end: (node.stop?.stop ?? node.start.start) + 1 - offset,
    });
    return;
  }
  const children = (node as { children?: readonly unknown[] | null }).children ?? [];
  for (const child of children) collectBinds(file, child, offset, binds);
}
