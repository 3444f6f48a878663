/** `this(…)` and `super(…)` at the start of a constructor. */
import type { ExpressionNode } from "../syntax/ast.ts";
import { voidType } from "../types/builtin.ts";
import { compileArguments } from "./arguments.ts";
import { constructorsOf } from "./constructors.ts";
import { chooseOverload } from "./overloads.ts";
import type { Scope } from "./scope.ts";
import { compileError, type Typed } from "./typed.ts";

export function constructorCall(scope: Scope, node: ExpressionNode & { kind: "call" }): Typed {
  const { info } = scope.body;
  const type = node.name === "this" ? info?.of() : info?.superType;
  if (!type || !scope.body.initializing)
    throw compileError(node.at, `${node.name}(…) can only be called in a constructor`);
  const args = compileArguments(scope, node.args);
  const chosen = chooseOverload(node.at, type.info.name, constructorsOf(type), args, type);
  const { method } = chosen.found;
  return {
    type: voidType,
    run: (frame) =>
      method.invoke(
        frame.rt,
        frame.self,
        chosen.args.map((arg) => arg(frame)),
      ),
  };
}
