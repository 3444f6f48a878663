/** Statements to closures. Each one counts as CPU time and marks its line as run. */
import type { SourcePosition } from "../errors.ts";
import { completion, type Execute, type Frame } from "../run/frame.ts";
import type { BlockNode, LocalNode, StatementNode } from "../syntax/ast.ts";
import { voidType } from "../types/builtin.ts";
import { coerce } from "./convert.ts";
import { compileDml } from "./dml-statement.ts";
import { compileCondition } from "./condition.ts";
import { compileExpression } from "./expression.ts";
import { compileFor, compileForEach, compileWhile } from "./loops.ts";
import { compileRunAs } from "./run-as.ts";
import { type Scope } from "./scope.ts";
import { compileSwitch } from "./switch.ts";
import { compileThrow, compileTry } from "./try.ts";
import { compileError } from "./typed.ts";

export function compileStatement(scope: Scope, node: StatementNode): Execute {
  if (node.kind === "block") return compileBlock(scope, node);
  return marked(scope, node.at, compileUnmarked(scope, node));
}

function compileUnmarked(scope: Scope, node: Exclude<StatementNode, BlockNode>): Execute {
  switch (node.kind) {
    case "local":
      return compileLocal(scope, node);
    case "expression": {
      const { run } = compileExpression(scope, node.expression);
      if (!hasEffect(node.expression.kind))
        throw compileError(node.at, "Expression cannot be a statement");
      return (frame) => {
        run(frame);
        return completion.normal;
      };
    }
    case "if":
      return compileIf(scope, node);
    case "for":
      return compileFor(scope, node);
    case "forEach":
      return compileForEach(scope, node);
    case "while":
      return compileWhile(scope, node);
    case "try":
      return compileTry(scope, node);
    case "throw":
      return compileThrow(scope, node);
    case "switch":
      return compileSwitch(scope, node);
    case "return":
      return compileReturn(scope, node);
    case "break":
    case "continue": {
      if (!scope.loop) throw compileError(node.at, `${node.kind} outside of a loop`);
      const how = completion[node.kind];
      return () => how;
    }
    case "dml":
      return compileDml(scope, node);
    case "runAs":
      return compileRunAs(scope, node);
  }
}

function hasEffect(kind: string): boolean {
  return ["call", "assign", "step", "new", "query"].includes(kind);
}

/** Notes the line, counts the statement, then runs it. */
function marked(scope: Scope, at: SourcePosition, execute: Execute): Execute {
  const { coverage } = scope.program;
  if (!scope.body.inTest) coverage.declare(at);
  return (frame) => {
    frame.at = at;
    frame.rt.tick();
    coverage.hit(at);
    return execute(frame);
  };
}

export function compileBlock(scope: Scope, node: BlockNode, own = true): Execute {
  const inner = own ? scope.child() : scope;
  return sequence(node.statements.map((statement) => compileStatement(inner, statement)));
}

export function sequence(statements: readonly Execute[]): Execute {
  const [only, ...others] = statements;
  if (!only) return () => completion.normal;
  if (others.length === 0) return only;
  return (frame) => {
    for (const statement of statements) {
      const how = statement(frame);
      if (how !== completion.normal) return how;
    }
    return completion.normal;
  };
}

function compileLocal(scope: Scope, node: LocalNode): Execute {
  const type = scope.program.resolve(node.type, scope.body.info);
  if (type === voidType) throw compileError(node.at, "A variable cannot be void");
  const steps = node.variables.map((variable) => {
    const value = variable.initial
      ? coerce(compileExpression(scope, variable.initial), type, variable.initial.at)
      : () => null;
    const { slot } = scope.declare(
      variable.at,
      variable.name,
      type,
      node.final && variable.initial !== null,
    );
    return (frame: Frame) => {
      frame.slots[slot] = value(frame);
      return completion.normal;
    };
  });
  return sequence(steps);
}

function compileIf(scope: Scope, node: StatementNode & { kind: "if" }): Execute {
  const condition = compileCondition(scope, node.condition);
  const then = compileStatement(scope.child(), node.then);
  const otherwise = node.otherwise ? compileStatement(scope.child(), node.otherwise) : null;
  return (frame) => {
    if (condition(frame)) return then(frame);
    return otherwise ? otherwise(frame) : completion.normal;
  };
}

function compileReturn(scope: Scope, node: StatementNode & { kind: "return" }): Execute {
  const { returns } = scope.body;
  if (!node.value) {
    if (returns !== voidType)
      throw compileError(node.at, `Return value must be of type ${returns.name}`);
    return () => completion.return;
  }
  if (returns === voidType) throw compileError(node.at, "A void method cannot return a value");
  const value = coerce(compileExpression(scope, node.value), returns, node.value.at);
  return (frame) => {
    frame.result = value(frame);
    return completion.return;
  };
}
