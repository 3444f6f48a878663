/** `list[index]`, to read and to assign. */
import type { ExpressionNode } from "../syntax/ast.ts";
import { integerType, listInfo } from "../types/builtin.ts";
import type { Frame } from "../run/frame.ts";
import type { Runtime } from "../run/runtime.ts";
import { ListValue } from "../values/collections.ts";
import type { Value } from "../values/value.ts";
import { coerce } from "./convert.ts";
import { resolveQualifier } from "./names.ts";
import { accessorPlace, type Place } from "./place.ts";
import type { Scope } from "./scope.ts";
import { closeChain, compileError, type Typed } from "./typed.ts";

interface Element {
  readonly list: Typed;
  readonly index: (frame: Frame) => Value;
}

function compileElement(scope: Scope, node: ExpressionNode & { kind: "index" }): Element {
  const qualifier = resolveQualifier(scope, node.target);
  if (qualifier.kind !== "value" || qualifier.typed.type.info !== listInfo)
    throw compileError(node.at, "Expression must be a list type: only lists are read by [index]");
  const index = coerce(scope.expression(node.index), integerType, node.index.at);
  return { list: closeChain(qualifier.typed), index };
}

export function compileIndex(scope: Scope, node: ExpressionNode & { kind: "index" }): Typed {
  const { list, index } = compileElement(scope, node);
  const { run } = list;
  return {
    type: list.type.arg(0),
    run: (frame) => {
      const value = run(frame);
      return elementOf(frame.rt, value, index(frame));
    },
  };
}

export function elementOf(rt: Runtime, list: Value, index: Value): Value {
  if (!(list instanceof ListValue) || typeof index !== "number") throw rt.nullPointer();
  checkBounds(rt, list, index);
  return list.items[index] as Value;
}

export function checkBounds(rt: Runtime, list: ListValue, index: number): void {
  if (index < 0 || index >= list.items.length)
    throw rt.error("ListException", `List index out of bounds: ${index}`);
}

export function elementPlace(scope: Scope, node: ExpressionNode & { kind: "index" }): Place {
  const { list, index } = compileElement(scope, node);
  const { run } = list;
  return accessorPlace(
    list.type.arg(0),
    (frame) => {
      const target = run(frame);
      const position = index(frame);
      if (!(target instanceof ListValue) || typeof position !== "number")
        throw frame.rt.nullPointer();
      checkBounds(frame.rt, target, position);
      if (target.frozen) throw frame.rt.error("FinalException", "Collection is read-only");
      return { target, position };
    },
    (_frame, { target, position }) => target.items[position] as Value,
    (_frame, { target, position }, value) => {
      target.items[position] = value;
    },
  );
}
