/** try, catch, finally and throw. Limits and failed assertions pass by every catch. */
import { ApexFatal, ApexThrow } from "../run/apex-throw.ts";
import { completion, type Completion, type Execute, type Frame } from "../run/frame.ts";
import type { StatementNode } from "../syntax/ast.ts";
import { isSubtype } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import { ExceptionValue } from "../values/object-value.ts";
import { isExceptionClass } from "./constructors.ts";
import type { Scope } from "./scope.ts";
import { compileError } from "./typed.ts";

interface Handler {
  readonly type: ApexType;
  readonly slot: number;
  readonly run: Execute;
}

export function compileTry(scope: Scope, node: StatementNode & { kind: "try" }): Execute {
  const body = scope.block(node.body);
  const handlers = node.catches.map((clause): Handler => {
    const type = scope.program.resolve(clause.type, scope.body.info);
    if (!isExceptionClass(type))
      throw compileError(clause.at, `Invalid catch type: ${type.name} is no exception`);
    const inner = scope.child();
    const { slot } = inner.declare(clause.at, clause.name, type);
    return { type, slot, run: inner.block(clause.body) };
  });
  const last = node.finally ? scope.block(node.finally) : null;
  const attempt: Execute = (frame) => {
    try {
      return body(frame);
    } catch (error) {
      return handle(frame, handlers, error);
    }
  };
  return last ? (frame) => withFinally(frame, attempt, last) : attempt;
}

function handle(frame: Frame, handlers: readonly Handler[], error: unknown): Completion {
  if (!(error instanceof ApexThrow) || error instanceof ApexFatal) throw error;
  frame.rt.frame = frame;
  for (const handler of handlers) {
    if (!isSubtype(error.exception.type, handler.type)) continue;
    frame.slots[handler.slot] = error.exception;
    return handler.run(frame);
  }
  throw error;
}

function withFinally(frame: Frame, attempt: Execute, last: Execute): Completion {
  let how: Completion;
  try {
    how = attempt(frame);
  } catch (error) {
    if (error instanceof ApexThrow && !(error instanceof ApexFatal)) {
      frame.rt.frame = frame;
      const ended = last(frame);
      // A return inside finally replaces the exception, as in Java.
      if (ended !== completion.normal) return ended;
    }
    throw error;
  }
  const { result } = frame;
  const ended = last(frame);
  if (ended !== completion.normal) return ended;
  frame.result = result;
  return how;
}

export function compileThrow(scope: Scope, node: StatementNode & { kind: "throw" }): Execute {
  const { type, run } = scope.expression(node.value);
  if (!isExceptionClass(type))
    throw compileError(node.at, `Throw expression must be of type exception: ${type.name}`);
  return (frame) => {
    const exception = run(frame);
    if (!(exception instanceof ExceptionValue)) throw frame.rt.nullPointer();
    throw new ApexThrow(exception);
  };
}
