/** Inline queries: checked against the schema at load, run with their binds as literals. */
import { soqlLiteral } from "../query/literals.ts";
import { readClauses } from "../query/clauses.ts";
import { runQueryText } from "../query/run.ts";
import { QueryProblem, type QueryShape, readShape } from "../query/shape.ts";
import type { Evaluate, Frame } from "../run/frame.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import { integerType, listOf } from "../types/builtin.ts";
import { aggregateResultInfo } from "../intrinsics/aggregate-result.ts";
import type { Scope } from "./scope.ts";
import { compileError, type Typed } from "./typed.ts";

export function compileQuery(scope: Scope, node: ExpressionNode & { kind: "query" }): Typed {
  const binds = node.binds.map((bind) => scope.expression(bind.expression).run);
  const clauses = readClauses(withPlaceholders(node));
  const shape = checked(scope, node, clauses.text);
  const parts = splitAtPlaceholders(clauses.text);
  const options = {
    mode: clauses.mode ?? ("system" as const),
    sharing: clauses.mode === "user" && !clauses.securityEnforced,
    allRows: clauses.allRows,
  };
  const run: Evaluate = (frame) =>
    runQueryText(frame.rt, fill(frame, parts, binds), shape, options);
  if (shape.countOnly) return { type: integerType, run };
  const element = shape.aggregate ? aggregateResultInfo : shape.info;
  return { type: listOf(element.of()), run, query: true };
}

/** `:expression` becomes `:apexBind0`, which the parser takes wherever a bind may stand. */
function withPlaceholders(node: ExpressionNode & { kind: "query" }): string {
  let text = "";
  let from = 0;
  node.binds.forEach((bind, index) => {
    text += `${node.text.slice(from, bind.start)}:apexBind${index}`;
    from = bind.end;
  });
  return text + node.text.slice(from);
}

function checked(scope: Scope, node: ExpressionNode & { kind: "query" }, text: string): QueryShape {
  try {
    // The parser wants a number behind LIMIT and OFFSET.
    const plain = text.replace(/\b(LIMIT|OFFSET)\s+:apexBind\d+/gi, "$1 1");
    return readShape(scope.program, plain);
  } catch (error) {
    if (error instanceof QueryProblem) throw compileError(node.at, error.message);
    throw error;
  }
}

interface Part {
  readonly text: string;
  /** The bind behind the text; -1 after the last. */
  readonly bind: number;
}

function splitAtPlaceholders(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(/:apexBind(\d+)/g)) {
    parts.push({ text: text.slice(from, match.index), bind: Number(match[1]) });
    from = match.index + match[0].length;
  }
  return [...parts, { text: text.slice(from), bind: -1 }];
}

function fill(frame: Frame, parts: readonly Part[], binds: readonly Evaluate[]): string {
  let text = "";
  for (const part of parts) {
    text += part.text;
    const bind = binds[part.bind];
    if (bind) text += soqlLiteral(frame.rt, bind(frame));
  }
  return text;
}
