/** Unary and binary operators: which types they take, and the closure for them. */
import type { SourcePosition } from "../errors.ts";
import type { Evaluate } from "../run/frame.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import {
  booleanType,
  dateType,
  datetimeType,
  integerType,
  longType,
  nullType,
  objectType,
  stringType,
  timeType,
} from "../types/builtin.ts";
import { isNumeric, widerNumeric } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import { concatText } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { type Arithmetic, arithmetic, bitwise, dateArithmetic, negate } from "./arithmetic.ts";
import { compareOperator, equalityOperator } from "./comparison.ts";
import { coerce } from "./convert.ts";
import { commonType, compileCondition } from "./condition.ts";
import type { Scope } from "./scope.ts";
import { compileError, constant, type Typed } from "./typed.ts";

export function compileUnary(scope: Scope, node: ExpressionNode & { kind: "unary" }): Typed {
  const { operand, operator, at } = node;
  // The smallest Integer: its digits alone are out of range.
  if (
    operator === "-" &&
    operand.kind === "literal" &&
    operand.literal.type === "Integer" &&
    operand.literal.value === 2 ** 31
  )
    return constant(integerType, -(2 ** 31));
  if (operator === "!") {
    const condition = compileCondition(scope, operand);
    return { type: booleanType, run: (frame) => !condition(frame) };
  }
  const typed = scope.expression(operand);
  const { run, type } = typed;
  if (operator === "~") {
    if (type !== integerType && type !== longType)
      throw compileError(at, `Operator ~ needs an Integer or Long, not ${type.name}`);
    return notNull(type, run, (value) => (typeof value === "bigint" ? ~value : ~(value as number)));
  }
  if (!isNumeric(type))
    throw compileError(at, `Operator ${operator} needs a number, not ${type.name}`);
  return operator === "+" ? typed : notNull(type, run, negate);
}

function notNull(type: ApexType, run: Evaluate, apply: (value: Value) => Value): Typed {
  return {
    type,
    run: (frame) => {
      const value = run(frame);
      if (value === null) throw frame.rt.nullPointer();
      return apply(value);
    },
  };
}

export function compileBinary(scope: Scope, node: ExpressionNode & { kind: "binary" }): Typed {
  const { operator, at } = node;
  if (operator === "&&" || operator === "||") {
    const left = compileCondition(scope, node.left);
    const right = compileCondition(scope, node.right);
    const run: Evaluate =
      operator === "&&"
        ? (frame) => left(frame) && right(frame)
        : (frame) => left(frame) || right(frame);
    return { type: booleanType, run };
  }
  const left = scope.expression(node.left);
  const right = scope.expression(node.right);
  if (operator === "??") return coalesce(at, left, right);
  if (["==", "!=", "===", "!==", "<>"].includes(operator))
    return equalityOperator(at, operator, left, right);
  if (["<", ">", "<=", ">="].includes(operator)) return compareOperator(at, operator, left, right);
  const applied = binaryOperation(at, operator, left.type, right.type);
  const leftRun = applied.left ? coerce(left, applied.left, node.left.at) : left.run;
  const rightRun = applied.right ? coerce(right, applied.right, node.right.at) : right.run;
  const { apply } = applied;
  return {
    type: applied.type,
    run: (frame) => {
      const a = leftRun(frame);
      return apply(frame.rt, a, rightRun(frame));
    },
  };
}

function coalesce(at: SourcePosition, left: Typed, right: Typed): Typed {
  const type = commonType(at, left, right);
  const first = coerce(left, type, at);
  const second = coerce(right, type, at);
  return { type, run: (frame) => first(frame) ?? second(frame) };
}

export interface BinaryOperation {
  readonly type: ApexType;
  /** What the operands are converted to first; null leaves them as they are. */
  readonly left: ApexType | null;
  readonly right: ApexType | null;
  readonly apply: Arithmetic;
}

const arithmeticOperators = new Set(["+", "-", "*", "/"]);
const bitOperators = new Set(["&", "|", "^", "<<", ">>", ">>>"]);

/** The operation behind `left operator right`, also for `+=` and its kin. */
export function binaryOperation(
  at: SourcePosition,
  operator: string,
  left: ApexType,
  right: ApexType,
): BinaryOperation {
  if (operator === "+" && (left === stringType || right === stringType))
    return {
      type: stringType,
      left: null,
      right: null,
      apply: (_rt, a, b) => concatText(a) + concatText(b),
    };
  if (arithmeticOperators.has(operator)) {
    if (isNumeric(left) && isNumeric(right)) {
      const type = widerNumeric(left, right);
      return { type, left: type, right: type, apply: arithmetic(operator, type) };
    }
    const moments = left === dateType || left === datetimeType || left === timeType;
    if (moments && isNumeric(right) && (operator === "+" || operator === "-"))
      return { type: left, left: null, right: null, apply: dateArithmetic(operator, left) };
    if ((left === nullType && isNumeric(right)) || (right === nullType && isNumeric(left)))
      return {
        type: left === nullType ? right : left,
        left: null,
        right: null,
        apply: (rt) => {
          throw rt.nullPointer();
        },
      };
  }
  if (bitOperators.has(operator)) {
    const whole = (type: ApexType): boolean => type === integerType || type === longType;
    if (left === booleanType && right === booleanType)
      return { type: booleanType, left: null, right: null, apply: bitwise(operator, booleanType) };
    if (whole(left) && whole(right)) {
      const shift = operator.length > 1;
      const type = shift ? left : widerNumeric(left, right);
      return { type, left: type, right: type, apply: bitwise(operator, type) };
    }
  }
  throw compileError(at, operandProblem(operator, left, right));
}

function operandProblem(operator: string, left: ApexType, right: ApexType): string {
  const names = `${left.name}, ${right.name}`;
  if (left === objectType || right === objectType)
    return `Operator ${operator} cannot take an Object; cast it: ${names}`;
  return `Arithmetic expressions must use numeric arguments: ${names} (operator ${operator})`;
}
