import { compileChain, compileExpression } from "./expression.ts";
import type { Compilers } from "./scope.ts";
import { compileBlock, compileStatement } from "./statement.ts";

/** Hands the compilers down to what they call, which calls them again for its parts. */
export const compilers: Compilers = {
  expression: compileExpression,
  chain: compileChain,
  statement: compileStatement,
  block: compileBlock,
};
