/** The arguments of a call, in their order. */
import type { SourcePosition } from "../errors.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import type { Scope } from "./scope.ts";
import type { Typed } from "./typed.ts";

export interface Arguments {
  readonly typed: readonly Typed[];
  readonly positions: readonly SourcePosition[];
}

export function compileArguments(scope: Scope, nodes: readonly ExpressionNode[]): Arguments {
  return {
    typed: nodes.map((node) => scope.expression(node)),
    positions: nodes.map((node) => node.at),
  };
}
