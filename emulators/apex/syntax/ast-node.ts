/** What every node of the syntax tree has, and types as the source names them. */
import type { SourcePosition } from "../errors.ts";

export interface Node {
  readonly at: SourcePosition;
}

/** `List<Map<Id, Campaign>>[]`: dotted parts, each with its own type arguments. */
export interface TypeNode extends Node {
  readonly parts: readonly { readonly name: string; readonly args: readonly TypeNode[] }[];
  readonly arrayDepth: number;
}
