/** `=`, `+=` and its kin, `++` and `--`. */
import { unsupported } from "../errors.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import { integerType } from "../types/builtin.ts";
import { isNumeric } from "../types/relations.ts";
import { constant, compileError, type Typed } from "./typed.ts";
import { coerce, conversionOf } from "./convert.ts";
import { elementPlace } from "./element.ts";
import { namePlace, resolveQualifier } from "./names.ts";
import { binaryOperation } from "./operators.ts";
import { fieldPlace, type Place } from "./place.ts";
import { memberPlace } from "./read-member.ts";
import type { Scope } from "./scope.ts";
import { findField } from "./members.ts";
import { thisTyped } from "./names.ts";

export function compileAssign(scope: Scope, node: ExpressionNode & { kind: "assign" }): Typed {
  const place = compilePlace(scope, node.target);
  const value = scope.expression(node.value);
  if (node.operator === "=") {
    const converted = coerce(value, place.type, node.value.at);
    return { type: place.type, run: (frame) => place.assign(frame, converted) };
  }
  const operator = node.operator.slice(0, -1);
  const operation = binaryOperation(node.at, operator, place.type, value.type);
  if (operation.type !== place.type && !(isNumeric(operation.type) && isNumeric(place.type)))
    throw compileError(
      node.at,
      `Illegal assignment from ${operation.type.name} to ${place.type.name}`,
    );
  const right = operation.right ? coerce(value, operation.right, node.value.at) : value.run;
  const widen = operation.left ? conversionOf(place.type, operation.left) : null;
  if (operation.type !== place.type) coerce(constant(operation.type, null), place.type, node.at);
  const narrow = conversionOf(operation.type, place.type);
  return {
    type: place.type,
    run: (frame) =>
      place.update(frame, (old) => {
        const left = widen && old !== null ? widen(frame.rt, old) : old;
        const result = operation.apply(frame.rt, left, right(frame));
        return narrow && result !== null ? narrow(frame.rt, result) : result;
      }).now,
  };
}

export function compileStep(scope: Scope, node: ExpressionNode & { kind: "step" }): Typed {
  const place = compilePlace(scope, node.operand);
  if (!isNumeric(place.type))
    throw compileError(node.at, `${node.operator} needs a number, not ${place.type.name}`);
  const sign = node.operator === "++" ? "+" : "-";
  const { apply } = binaryOperation(node.at, sign, place.type, integerType);
  const one = coerce(constant(integerType, 1), place.type, node.at);
  const { prefix } = node;
  return {
    type: place.type,
    run: (frame) => {
      const { old, now } = place.update(frame, (value) => apply(frame.rt, value, one(frame)));
      return prefix ? now : old;
    },
  };
}

/** What stands left of `=`. */
export function compilePlace(scope: Scope, node: ExpressionNode): Place {
  if (node.kind === "name") return namePlace(scope, node.at, node.name);
  if (node.kind === "index") return elementPlace(scope, node);
  if (node.kind !== "member") throw compileError(node.at, "Expression cannot be assigned");
  if (node.nullSafe) throw compileError(node.at, "?. cannot be assigned to");
  if (node.target.kind === "this") {
    // `this.x = …` reaches the field even where a variable hides it.
    const target = thisTyped(scope, node.at);
    const found = findField(target.type, node.name);
    if (found && !found.field.static)
      return fieldPlace(scope, node.at, target, found.field, found.type);
  }
  const left = resolveQualifier(scope, node.target);
  if (left.kind === "value") return memberPlace(scope, node.at, left.typed, node.name);
  if (left.kind === "namespace")
    throw unsupported(node.at, `assignment to ${left.name}.${node.name}`);
  const found = findField(left.info.of(), node.name);
  if (!found?.field.static)
    throw compileError(node.at, `Variable does not exist: ${left.info.qualifiedName}.${node.name}`);
  return fieldPlace(scope, node.at, null, found.field, found.type);
}
