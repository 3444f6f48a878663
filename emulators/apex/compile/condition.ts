/** Conditions, and the type of what depends on one. */
import type { SourcePosition } from "../errors.ts";
import type { Evaluate } from "../run/frame.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import { booleanType, listInfo, nullType } from "../types/builtin.ts";
import {
  conversionDistance,
  isNumeric,
  isSObject,
  isSubtype,
  widerNumeric,
} from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import type { Scope } from "./scope.ts";
import { compileError, type Typed } from "./typed.ts";

/** A condition: null is a NullPointerException. */
export function compileCondition(
  scope: Scope,
  node: ExpressionNode,
): (frame: Parameters<Evaluate>[0]) => boolean {
  const typed = scope.expression(node);
  if (typed.type !== booleanType)
    throw compileError(
      node.at,
      `Condition expression must be of type Boolean, not ${typed.type.name}`,
    );
  const { run } = typed;
  return (frame) => {
    const value = run(frame);
    if (value === null) throw frame.rt.nullPointer();
    return value === true;
  };
}

/** The type of `a ? b : c` and `b ?? c`: the one both fit. */
export function commonType(at: SourcePosition, left: Typed, right: Typed): ApexType {
  if (left.query && !right.query && right.type.info !== listInfo && isSObject(right.type))
    return right.type;
  if (right.query && !left.query && left.type.info !== listInfo && isSObject(left.type))
    return left.type;
  if (left.type === right.type) return left.type;
  if (left.type === nullType) return right.type;
  if (right.type === nullType) return left.type;
  if (isNumeric(left.type) && isNumeric(right.type)) return widerNumeric(left.type, right.type);
  if (isSubtype(left.type, right.type)) return right.type;
  if (isSubtype(right.type, left.type)) return left.type;
  if (conversionDistance(left.type, right.type) !== null) return right.type;
  if (conversionDistance(right.type, left.type) !== null) return left.type;
  throw compileError(
    at,
    `Incompatible types in ternary operator: ${left.type.name}, ${right.type.name}`,
  );
}
