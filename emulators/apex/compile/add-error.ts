/** `record.addError(…)` and `record.Field.addError(…)`. */
import type { ExpressionNode } from "../syntax/ast.ts";
import { stringType, voidType } from "../types/builtin.ts";
import { isSObject } from "../types/relations.ts";
import { ExceptionValue } from "../values/object-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { resolveQualifier } from "./names.ts";
import { recordMember } from "../program/record-member.ts";
import type { Scope } from "./scope.ts";
import { closeChain, compileError, type Typed } from "./typed.ts";

/** The call on a field, which reads like a call on the field's value; null for anything else. */
export function compileAddError(
  scope: Scope,
  node: ExpressionNode & { kind: "call" },
): Typed | null {
  if (node.name.toLowerCase() !== "adderror" || node.target?.kind !== "member") return null;
  const qualifier = resolveQualifier(scope, node.target.target);
  if (qualifier.kind !== "value" || !isSObject(qualifier.typed.type)) return null;
  const record = closeChain(qualifier.typed);
  const member = recordMember(scope.program, node.at, record.type, node.target.name);
  if (!member.field) return null;
  const [message] = node.args;
  if (!message) throw compileError(node.at, "addError needs a message");
  const text = scope.expression(message);
  if (text.type !== stringType)
    throw compileError(message.at, "addError on a field takes a String");
  return {
    type: voidType,
    run: (frame) => {
      const value = record.run(frame);
      if (!(value instanceof SObjectValue)) throw frame.rt.nullPointer();
      addRecordError(value, text.run(frame), member.name);
      return null;
    },
  };
}

export function addRecordError(record: SObjectValue, message: Value, field: string | null): void {
  const text =
    message instanceof ExceptionValue
      ? (message.message ?? "")
      : ((message as string | null) ?? "");
  record.errors.push({ message: text, field });
}
