/**
 * The syntax tree the compiler works on: plain data, each node with its place in the source.
 * Names are kept as written; Apex compares them without case.
 */
import type { ExpressionNode } from "./ast-expression.ts";
import type { Node, TypeNode } from "./ast-node.ts";
import type { BlockNode } from "./ast-statement.ts";

export type * from "./ast-expression.ts";
export type * from "./ast-node.ts";
export * from "./ast-statement.ts";

export interface Annotation {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export interface Modifiers {
  readonly words: ReadonlySet<string>;
  readonly annotations: readonly Annotation[];
}

export interface ParameterNode extends Node {
  readonly name: string;
  readonly type: TypeNode;
}

export interface MethodNode extends Node {
  readonly kind: "method";
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly parameters: readonly ParameterNode[];
  /** Null for a void method. */
  readonly returns: TypeNode | null;
  /** Null for an abstract or interface method. */
  readonly body: BlockNode | null;
}

export interface ConstructorNode extends Node {
  readonly kind: "constructor";
  readonly modifiers: Modifiers;
  readonly parameters: readonly ParameterNode[];
  readonly body: BlockNode;
}

export interface FieldNode extends Node {
  readonly kind: "field";
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly type: TypeNode;
  readonly initial: ExpressionNode | null;
}

export interface AccessorNode extends Node {
  readonly modifiers: Modifiers;
  /** Null for the automatic accessor `get;` or `set;`. */
  readonly body: BlockNode | null;
}

export interface PropertyNode extends Node {
  readonly kind: "property";
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly type: TypeNode;
  readonly getter: AccessorNode | null;
  readonly setter: AccessorNode | null;
}

export interface InitializerNode extends Node {
  readonly kind: "initializer";
  readonly static: boolean;
  readonly body: BlockNode;
}

export interface TypeDeclarationNode extends Node {
  readonly kind: "type";
  readonly form: "class" | "interface" | "enum";
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly extends: TypeNode | null;
  readonly implements: readonly TypeNode[];
  readonly members: readonly MemberNode[];
  readonly constants: readonly string[];
}

export type MemberNode =
  | MethodNode
  | ConstructorNode
  | FieldNode
  | PropertyNode
  | InitializerNode
  | TypeDeclarationNode;

export interface TriggerNode extends Node {
  readonly kind: "trigger";
  readonly name: string;
  readonly object: string;
  /** Lower-case, for example `after insert`. */
  readonly events: readonly string[];
  readonly body: BlockNode;
}
