/** Expressions to closures: one case per form of the syntax tree. */
import { type ApexCompileError, type SourcePosition, unsupported } from "../errors.ts";
import type { ExpressionNode, LiteralValue } from "../syntax/ast.ts";
import {
  booleanType,
  decimalType,
  doubleType,
  integerType,
  longType,
  nullType,
  stringType,
} from "../types/builtin.ts";
import { DecimalValue } from "../values/decimal.ts";
import { DoubleValue } from "../values/scalars.ts";
import { typeTypeInfo, TypeValue } from "../values/type-value.ts";
import { valueIs } from "../values/value-type.ts";
import { compileAssign, compileStep } from "./assign.ts";
import { compileCall } from "./call.ts";
import { commonType, compileCondition } from "./condition.ts";
import { cast, coerce } from "./convert.ts";
import { compileIndex } from "./element.ts";
import { findValue, resolveQualifier, thisTyped, valueOf } from "./names.ts";
import { compileNew, compileNewList, compileNewMap } from "./new.ts";
import { compileBinary, compileUnary } from "./operators.ts";
import { compileQuery } from "./query.ts";
import { readMember } from "./read-member.ts";
import type { Scope } from "./scope.ts";
import { closeChain, compileError, constant, type Typed } from "./typed.ts";

export function compileExpression(scope: Scope, node: ExpressionNode): Typed {
  return closeChain(compileChain(scope, node));
}

/** As `compileExpression`, but a `?.` that met null is still visible to the next link. */
export function compileChain(scope: Scope, node: ExpressionNode): Typed {
  switch (node.kind) {
    case "literal":
      return compileLiteral(node.at, node.literal);
    case "name":
      return compileName(scope, node.at, node.name);
    case "this":
      return thisTyped(scope, node.at);
    case "super":
      throw compileError(node.at, "super can only be used to call a method or constructor");
    case "classLiteral": {
      const type = scope.program.resolve(node.type, scope.body.info);
      return constant(typeTypeInfo.of(), new TypeValue(type));
    }
    case "member":
      return compileMember(scope, node);
    case "call":
      return compileCall(scope, node);
    case "index":
      return compileIndex(scope, node);
    case "new":
      return compileNew(scope, node);
    case "newList":
      return compileNewList(scope, node);
    case "newMap":
      return compileNewMap(scope, node);
    case "unary":
      return compileUnary(scope, node);
    case "step":
      return compileStep(scope, node);
    case "binary":
      return compileBinary(scope, node);
    case "assign":
      return compileAssign(scope, node);
    case "conditional":
      return compileConditional(scope, node);
    case "cast": {
      const type = scope.program.resolve(node.type, scope.body.info);
      return cast(compileExpression(scope, node.operand), type, node.at);
    }
    case "instanceof":
      return compileInstanceOf(scope, node);
    case "query":
      return compileQuery(scope, node);
  }
}

function compileLiteral(at: SourcePosition, literal: LiteralValue): Typed {
  switch (literal.type) {
    case "Integer":
      if (literal.value === 2 ** 31) throw compileError(at, "Illegal integer: 2147483648");
      return constant(integerType, literal.value);
    case "Long":
      return constant(longType, literal.value);
    case "Double":
      return constant(doubleType, new DoubleValue(literal.value));
    case "Decimal": {
      const value = DecimalValue.parse(literal.text);
      if (!value) throw compileError(at, `Illegal number: ${literal.text}`);
      return constant(decimalType, value);
    }
    case "String":
      return constant(stringType, literal.value);
    case "Boolean":
      return constant(booleanType, literal.value);
    case "null":
      return constant(nullType, null);
  }
}

function compileName(scope: Scope, at: SourcePosition, name: string): Typed {
  const value = findValue(scope, at, name);
  if (value) return value;
  throw compileError(at, `Variable does not exist: ${name}`);
}

function compileMember(scope: Scope, node: ExpressionNode & { kind: "member" }): Typed {
  if (!node.nullSafe) {
    const qualifier = resolveQualifier(scope, node);
    if (qualifier.kind === "value") return qualifier.typed;
    const name = qualifier.kind === "type" ? qualifier.info.qualifiedName : qualifier.name;
    throw compileError(node.at, `Variable does not exist: ${name}`);
  }
  const left =
    node.target.kind === "name" ? valueOf(scope, node.target) : qualified(scope, node.target);
  return readMember(scope, node.at, left, node.name, true);
}

/** The target of `?.`, which must be a value. */
export function qualified(scope: Scope, node: ExpressionNode): Typed {
  const qualifier = resolveQualifier(scope, node);
  if (qualifier.kind === "value") return qualifier.typed;
  throw notAValue(node.at);
}

function notAValue(at: SourcePosition): ApexCompileError {
  return unsupported(at, "?. behind a type name");
}

function compileInstanceOf(scope: Scope, node: ExpressionNode & { kind: "instanceof" }): Typed {
  const type = scope.program.resolve(node.type, scope.body.info);
  const { run } = compileExpression(scope, node.operand);
  return {
    type: booleanType,
    run: (frame) => {
      const value = run(frame);
      return value !== null && valueIs(value, type);
    },
  };
}

function compileConditional(scope: Scope, node: ExpressionNode & { kind: "conditional" }): Typed {
  const condition = compileCondition(scope, node.condition);
  const then = compileExpression(scope, node.then);
  const otherwise = compileExpression(scope, node.otherwise);
  const type = commonType(node.at, then, otherwise);
  const whenTrue = coerce(then, type, node.then.at);
  const whenFalse = coerce(otherwise, type, node.otherwise.at);
  return { type, run: (frame) => (condition(frame) ? whenTrue(frame) : whenFalse(frame)) };
}
