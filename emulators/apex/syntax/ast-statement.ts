/** Statements of the syntax tree. */
import type { Node, TypeNode } from "./ast-node.ts";
import type { ExpressionNode } from "./ast-expression.ts";

export interface BlockNode extends Node {
  readonly kind: "block";
  readonly statements: readonly StatementNode[];
}

export interface LocalNode extends Node {
  readonly kind: "local";
  readonly type: TypeNode;
  readonly final: boolean;
  readonly variables: readonly (Node & {
    readonly name: string;
    readonly initial: ExpressionNode | null;
  })[];
}

export interface CatchNode extends Node {
  readonly type: TypeNode;
  readonly name: string;
  readonly body: BlockNode;
}

export type WhenLabel =
  | (Node & { readonly kind: "literal"; readonly value: ExpressionNode })
  | (Node & { readonly kind: "name"; readonly name: string });

export interface WhenNode extends Node {
  /** Null for `when else`. */
  readonly labels: readonly WhenLabel[] | null;
  /** `when Campaign c`. */
  readonly binding: { readonly type: TypeNode; readonly name: string } | null;
  readonly body: BlockNode;
}

export const dmlOperations = ["insert", "update", "upsert", "delete", "undelete", "merge"] as const;
export type DmlOperation = (typeof dmlOperations)[number];

export type StatementNode =
  | BlockNode
  | LocalNode
  | (Node & { readonly kind: "expression"; readonly expression: ExpressionNode })
  | (Node & {
      readonly kind: "if";
      readonly condition: ExpressionNode;
      readonly then: StatementNode;
      readonly otherwise: StatementNode | null;
    })
  | (Node & {
      readonly kind: "for";
      readonly initial: readonly StatementNode[];
      readonly condition: ExpressionNode | null;
      readonly update: readonly ExpressionNode[];
      readonly body: StatementNode | null;
    })
  | (Node & {
      readonly kind: "forEach";
      readonly type: TypeNode;
      readonly name: string;
      readonly source: ExpressionNode;
      readonly body: StatementNode | null;
    })
  | (Node & {
      readonly kind: "while";
      readonly condition: ExpressionNode;
      readonly body: StatementNode | null;
      /** `do … while`. */
      readonly bodyFirst: boolean;
    })
  | (Node & {
      readonly kind: "try";
      readonly body: BlockNode;
      readonly catches: readonly CatchNode[];
      readonly finally: BlockNode | null;
    })
  | (Node & {
      readonly kind: "switch";
      readonly subject: ExpressionNode;
      readonly whens: readonly WhenNode[];
    })
  | (Node & { readonly kind: "return"; readonly value: ExpressionNode | null })
  | (Node & { readonly kind: "throw"; readonly value: ExpressionNode })
  | (Node & { readonly kind: "break" })
  | (Node & { readonly kind: "continue" })
  | (Node & {
      readonly kind: "dml";
      readonly operation: DmlOperation;
      readonly target: ExpressionNode;
      readonly externalId: string | null;
      readonly mode: "user" | "system" | null;
    })
  | (Node & {
      readonly kind: "runAs";
      readonly user: ExpressionNode;
      readonly body: BlockNode;
    });
