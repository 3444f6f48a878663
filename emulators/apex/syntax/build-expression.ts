/** ANTLR expression contexts to the tree of `ast.ts`. */
import {
  ArrayExpressionContext,
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  AssignExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  BoundExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  type CreatorContext,
  DotExpressionContext,
  EqualityExpressionContext,
  type ExpressionContext,
  type ExpressionListContext,
  IdPrimaryContext,
  InstanceOfExpressionContext,
  LiteralPrimaryContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
  type PrimaryContext,
  PrimaryExpressionContext,
  type QueryContext,
  SoqlPrimaryContext,
  SubExpressionContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
} from "@apexdevtools/apex-parser";
import { unsupported } from "../errors.ts";
import type { ExpressionNode, QueryBind, TypeNode } from "./ast.ts";
import { optional, positionOf, readType } from "./tokens.ts";
import { readLiteral } from "./literals.ts";

/** Contexts that are `left operator right` and nothing more. */
const binaryContexts = [
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  EqualityExpressionContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
];

export function buildList(file: string, context: ExpressionListContext | null): ExpressionNode[] {
  return (context?.expression_list() ?? []).map((item) => buildExpression(file, item));
}

export function buildExpression(file: string, context: ExpressionContext): ExpressionNode {
  const at = positionOf(file, context);
  const sub = (item: ExpressionContext): ExpressionNode => buildExpression(file, item);
  if (context instanceof PrimaryExpressionContext) return buildPrimary(file, context.primary());
  if (context instanceof SubExpressionContext) return sub(context.expression());
  if (context instanceof DotExpressionContext) return buildDot(file, context);
  if (context instanceof MethodCallExpressionContext) {
    const call = context.methodCall();
    const id = optional(call.id());
    const name = id ? id.getText() : optional(call.THIS()) ? "this" : "super";
    const args = buildList(file, optional(call.expressionList()));
    return { kind: "call", at, target: null, name, args, nullSafe: false };
  }
  if (context instanceof NewExpressionContext) return buildNew(file, context.creator());
  for (const kind of binaryContexts) {
    if (context instanceof kind) return buildBinary(file, context);
  }
  if (context instanceof AssignExpressionContext) {
    const target = sub(context.expression(0));
    const operator = context.getChild(1).getText();
    return { kind: "assign", at, operator, target, value: sub(context.expression(1)) };
  }
  if (context instanceof CondExpressionContext) {
    const [condition, then, otherwise] = context.expression_list().map(sub);
    if (condition && then && otherwise)
      return { kind: "conditional", at, condition, then, otherwise };
  }
  if (context instanceof ArrayExpressionContext) {
    const target = sub(context.expression(0));
    return { kind: "index", at, target, index: sub(context.expression(1)) };
  }
  if (context instanceof CastExpressionContext) {
    const type = readType(file, context.typeRef());
    return { kind: "cast", at, type, operand: sub(context.expression()) };
  }
  if (context instanceof InstanceOfExpressionContext) {
    const type = readType(file, context.typeRef());
    return { kind: "instanceof", at, type, operand: sub(context.expression()) };
  }
  if (context instanceof NegExpressionContext) {
    const operator = optional(context.TILDE()) ? "~" : "!";
    return { kind: "unary", at, operator, operand: sub(context.expression()) };
  }
  if (context instanceof PreOpExpressionContext) return buildPrefix(file, context);
  if (context instanceof PostOpExpressionContext) {
    const operator = optional(context.INC()) ? "++" : "--";
    return { kind: "step", at, operator, prefix: false, operand: sub(context.expression()) };
  }
  throw unsupported(at, `expression "${context.getText()}"`);
}

function buildBinary(file: string, context: ExpressionContext): ExpressionNode {
  const children = context.children ?? [];
  const operator = children
    .slice(1, -1)
    .map((child) => child.getText())
    .join("");
  const left = children[0] as ExpressionContext;
  const right = children[children.length - 1] as ExpressionContext;
  return {
    kind: "binary",
    at: positionOf(file, context),
    operator,
    left: buildExpression(file, left),
    right: buildExpression(file, right),
  };
}

function buildDot(file: string, context: DotExpressionContext): ExpressionNode {
  const target = buildExpression(file, context.expression());
  const nullSafe = optional(context.QUESTIONDOT()) !== null;
  const call = optional(context.dotMethodCall());
  if (call) {
    const at = positionOf(file, call);
    const args = buildList(file, optional(call.expressionList()));
    return { kind: "call", at, target, name: call.anyId().getText(), args, nullSafe };
  }
  const member = context.anyId();
  const at = positionOf(file, member);
  return { kind: "member", at, target, name: member.getText(), nullSafe };
}

function buildPrefix(file: string, context: PreOpExpressionContext): ExpressionNode {
  const at = positionOf(file, context);
  const operand = buildExpression(file, context.expression());
  const symbol = context.getChild(0).getText();
  if (symbol === "++" || symbol === "--")
    return { kind: "step", at, operator: symbol, prefix: true, operand };
  return { kind: "unary", at, operator: symbol === "-" ? "-" : "+", operand };
}

function buildPrimary(file: string, context: PrimaryContext): ExpressionNode {
  const at = positionOf(file, context);
  if (context instanceof IdPrimaryContext)
    return { kind: "name", at, name: context.id().getText() };
  if (context instanceof LiteralPrimaryContext)
    return { kind: "literal", at, literal: readLiteral(at, context.literal()) };
  if (context instanceof ThisPrimaryContext) return { kind: "this", at };
  if (context instanceof SuperPrimaryContext) return { kind: "super", at };
  if (context instanceof SoqlPrimaryContext) return buildQuery(file, context.soqlLiteral().query());
  if (context instanceof TypeRefPrimaryContext)
    return { kind: "classLiteral", at, type: readType(file, context.typeRef()) };
  throw unsupported(at, `expression "${context.getText()}" (SOSL and void.class)`);
}

/** `new X(…)`, `new List<X>{…}`, `new X[n]`, `new Map<K, V>{k => v}`. */
function buildNew(file: string, context: CreatorContext): ExpressionNode {
  const at = positionOf(file, context);
  const type: TypeNode = {
    at,
    arrayDepth: 0,
    parts: context
      .createdName()
      .idCreatedNamePair_list()
      .map((pair) => ({
        name: pair.anyId().getText(),
        args: (optional(pair.typeList())?.typeRef_list() ?? []).map((arg) => readType(file, arg)),
      })),
  };
  const call = optional(context.classCreatorRest());
  if (call)
    return {
      kind: "new",
      at,
      type,
      args: buildList(file, optional(call.arguments().expressionList())),
    };
  const array = optional(context.arrayCreatorRest());
  if (array) {
    const size = optional(array.expression());
    const items = optional(array.arrayInitializer())?.expression_list() ?? [];
    return {
      kind: "newList",
      at,
      type: { ...type, arrayDepth: 1 },
      size: size ? buildExpression(file, size) : null,
      items: items.map((item) => buildExpression(file, item)),
    };
  }
  const map = optional(context.mapCreatorRest());
  if (map) {
    const pairs = map.mapCreatorRestPair_list().map((pair) => ({
      key: buildExpression(file, pair.expression(0)),
      value: buildExpression(file, pair.expression(1)),
    }));
    return { kind: "newMap", at, type, pairs };
  }
  const items = optional(context.setCreatorRest())?.expression_list() ?? [];
  const built = items.map((item) => buildExpression(file, item));
  return { kind: "newList", at, type, size: null, items: built };
}

/** A static query: its text as written and the bind expressions in it, in order. */
function buildQuery(file: string, context: QueryContext): ExpressionNode {
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
