/** Expressions of the syntax tree. */
import type { Node, TypeNode } from "./ast-node.ts";

export type LiteralValue =
  | { readonly type: "Integer"; readonly value: number }
  | { readonly type: "Long"; readonly value: bigint }
  | { readonly type: "Double"; readonly value: number }
  | { readonly type: "Decimal"; readonly text: string }
  | { readonly type: "String"; readonly value: string }
  | { readonly type: "Boolean"; readonly value: boolean }
  | { readonly type: "null" };

export interface CallArguments {
  readonly args: readonly ExpressionNode[];
}

/** One `:expression` in a query; `start` and `end` are offsets into the query's text. */
export interface QueryBind {
  readonly expression: ExpressionNode;
  readonly start: number;
  readonly end: number;
}

export type ExpressionNode =
  | (Node & { readonly kind: "literal"; readonly literal: LiteralValue })
  | (Node & { readonly kind: "name"; readonly name: string })
  | (Node & { readonly kind: "this" })
  | (Node & { readonly kind: "super" })
  | (Node & { readonly kind: "classLiteral"; readonly type: TypeNode })
  | (Node & {
      readonly kind: "member";
      readonly target: ExpressionNode;
      readonly name: string;
      readonly nullSafe: boolean;
    })
  | (Node &
      CallArguments & {
        readonly kind: "call";
        readonly target: ExpressionNode | null;
        /** `this` and `super` for constructor calls. */
        readonly name: string;
        readonly nullSafe: boolean;
      })
  | (Node & {
      readonly kind: "index";
      readonly target: ExpressionNode;
      readonly index: ExpressionNode;
    })
  | (Node & CallArguments & { readonly kind: "new"; readonly type: TypeNode })
  | (Node & {
      readonly kind: "newList";
      readonly type: TypeNode;
      readonly size: ExpressionNode | null;
      readonly items: readonly ExpressionNode[];
    })
  | (Node & {
      readonly kind: "newMap";
      readonly type: TypeNode;
      readonly pairs: readonly { readonly key: ExpressionNode; readonly value: ExpressionNode }[];
    })
  | (Node & {
      readonly kind: "unary";
      readonly operator: "+" | "-" | "!" | "~";
      readonly operand: ExpressionNode;
    })
  | (Node & {
      readonly kind: "step";
      readonly operator: "++" | "--";
      readonly prefix: boolean;
      readonly operand: ExpressionNode;
    })
  | (Node & {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    })
  | (Node & {
      readonly kind: "assign";
      readonly operator: string;
      readonly target: ExpressionNode;
      readonly value: ExpressionNode;
    })
  | (Node & {
      readonly kind: "conditional";
      readonly condition: ExpressionNode;
      readonly then: ExpressionNode;
      readonly otherwise: ExpressionNode;
    })
  | (Node & {
      readonly kind: "cast";
      readonly type: TypeNode;
      readonly operand: ExpressionNode;
    })
  | (Node & {
      readonly kind: "instanceof";
      readonly type: TypeNode;
      readonly operand: ExpressionNode;
    })
  | (Node & {
      readonly kind: "query";
      readonly text: string;
      readonly binds: readonly QueryBind[];
    });
