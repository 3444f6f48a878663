/** Names inside one method body while it is compiled. */
import { ApexCompileError, type SourcePosition } from "../errors.ts";
import type { ApexType, Sharing, TypeInfo } from "../types/type.ts";
import type { Execute } from "../run/frame.ts";
import type { BlockNode, ExpressionNode, StatementNode } from "../syntax/ast.ts";
import type { Program } from "../program/program.ts";
import type { Typed } from "./typed.ts";

export interface Variable {
  readonly name: string;
  readonly type: ApexType;
  readonly slot: number;
  readonly final: boolean;
}

/** What compiles the parts of an expression or a statement, for every caller. */
export interface Compilers {
  readonly expression: (scope: Scope, node: ExpressionNode) => Typed;
  /** As `expression`, but a `?.` that met null is still visible to the next link. */
  readonly chain: (scope: Scope, node: ExpressionNode) => Typed;
  readonly statement: (scope: Scope, node: StatementNode) => Execute;
  readonly block: (scope: Scope, node: BlockNode) => Execute;
}

/** What holds for a whole method, constructor, accessor, initialiser or trigger. */
export interface BodyContext {
  readonly program: Program;
  readonly compilers: Compilers;
  /** The class the code is in; null in triggers and anonymous Apex. */
  readonly info: TypeInfo | null;
  readonly static: boolean;
  readonly returns: ApexType;
  /** As stack traces print it. */
  readonly label: string;
  /** What the code says about sharing; null runs as its caller does. */
  readonly sharing: Sharing | null;
  /** In constructors and initialisers, which may set final fields. */
  readonly initializing: boolean;
  /** Test classes may use what is `@TestVisible` elsewhere. */
  readonly inTest: boolean;
  /** The sObject type of a trigger's records. */
  readonly triggerObject: TypeInfo | null;
  /** How many slots are taken so far. */
  slots: number;
}

export class Scope {
  readonly body: BodyContext;
  readonly #parent: Scope | null;
  readonly #variables = new Map<string, Variable>();
  readonly loop: boolean;

  constructor(body: BodyContext, parent: Scope | null = null, loop = false) {
    this.body = body;
    this.#parent = parent;
    this.loop = loop || (parent?.loop ?? false);
  }

  get program(): Program {
    return this.body.program;
  }

  expression(node: ExpressionNode): Typed {
    return this.body.compilers.expression(this, node);
  }

  chain(node: ExpressionNode): Typed {
    return this.body.compilers.chain(this, node);
  }

  statement(node: StatementNode): Execute {
    return this.body.compilers.statement(this, node);
  }

  block(node: BlockNode): Execute {
    return this.body.compilers.block(this, node);
  }

  child(options: { readonly loop?: boolean } = {}): Scope {
    return new Scope(this.body, this, options.loop ?? false);
  }

  find(name: string): Variable | null {
    return this.#variables.get(name.toLowerCase()) ?? this.#parent?.find(name) ?? null;
  }

  declare(at: SourcePosition, name: string, type: ApexType, final = false): Variable {
    if (this.find(name)) throw new ApexCompileError(at, `Duplicate variable: ${name}`);
    const variable = { name, type, slot: this.body.slots, final };
    this.body.slots += 1;
    this.#variables.set(name.toLowerCase(), variable);
    return variable;
  }

  /** All variables that can be seen here, nearest first: dynamic queries bind to them. */
  visible(): Variable[] {
    return [...this.#variables.values(), ...(this.#parent?.visible() ?? [])];
  }
}
