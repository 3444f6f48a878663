/** What a name stands for: a variable, a field, a type, a namespace. Decided once, at load. */
import type { SourcePosition } from "../errors.ts";
import { isLibraryNamespace } from "../types/registry.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import type { ApexType, TypeInfo } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { findField } from "./members.ts";
import {
  checkReadable,
  fieldPlace,
  type Place,
  readInstance,
  readStatic,
  variablePlace,
} from "./place.ts";
import type { Scope } from "./scope.ts";
import { readMember } from "./read-member.ts";
import { staticMember } from "./static-member.ts";
import { closeChain, compileError, type Typed } from "./typed.ts";

export type Qualifier =
  | { readonly kind: "value"; readonly typed: Typed }
  | { readonly kind: "type"; readonly info: TypeInfo }
  | { readonly kind: "namespace"; readonly name: string };

/** What stands left of a dot. */
export function resolveQualifier(scope: Scope, node: ExpressionNode): Qualifier {
  if (node.kind === "name") {
    const value = findValue(scope, node.at, node.name);
    if (value) return { kind: "value", typed: value };
    const info = scope.program.findSimple(node.name, scope.body.info);
    if (info) return { kind: "type", info };
    if (isLibraryNamespace(node.name)) return { kind: "namespace", name: node.name };
    throw compileError(node.at, `Variable does not exist: ${node.name}`);
  }
  if (node.kind === "member" && !node.nullSafe) {
    const left = resolveQualifier(scope, node.target);
    if (left.kind === "value")
      return { kind: "value", typed: readMember(scope, node.at, left.typed, node.name, false) };
    return fromTypeOrNamespace(scope, node.at, left, node.name);
  }
  return { kind: "value", typed: scope.chain(node) };
}

function fromTypeOrNamespace(
  scope: Scope,
  at: SourcePosition,
  left: Exclude<Qualifier, { kind: "value" }>,
  name: string,
): Qualifier {
  if (left.kind === "type") {
    const typed = staticMember(scope, at, left.info, name);
    if (typed) return { kind: "value", typed };
    const inner = left.info.inner.get(name.toLowerCase());
    if (inner) return { kind: "type", info: inner };
  }
  // `System` is a class and a namespace at once.
  const space = left.kind === "namespace" ? left.name : left.info.outer ? null : left.info.name;
  const info = space === null ? null : scope.program.inNamespace(space, name);
  if (info) return { kind: "type", info };
  const where = left.kind === "type" ? left.info.qualifiedName : left.name;
  throw compileError(at, `Variable does not exist: ${where}.${name}`);
}

/** The variable, field or property a plain name reads; null when it is none of them. */
export function findValue(scope: Scope, at: SourcePosition, name: string): Typed | null {
  const variable = scope.find(name);
  if (variable) {
    const { slot, type } = variable;
    return { type, run: (frame) => frame.slots[slot] as Value };
  }
  const found = findOwnField(scope, name);
  if (!found) return null;
  checkReadable(scope, at, found.field);
  if (found.field.static) return readStatic(found.field, found.type);
  if (!found.reachable)
    throw compileError(
      at,
      `Variable does not exist: ${name} (an instance field in a static context)`,
    );
  return readInstance(thisTyped(scope, at), found.field, found.type);
}

interface OwnField {
  readonly field: NonNullable<ReturnType<typeof findField>>["field"];
  readonly type: ApexType;
  readonly reachable: boolean;
}

/** Fields of the class (inherited ones too), then static fields of the classes around it. */
function findOwnField(scope: Scope, name: string): OwnField | null {
  for (let info = scope.body.info; info; info = info.outer) {
    const found = findField(info.of(), name);
    const own = info === scope.body.info;
    if (found && (own || found.field.static))
      return { ...found, reachable: own && !scope.body.static };
  }
  return null;
}

export function thisTyped(scope: Scope, at: SourcePosition): Typed {
  const { info } = scope.body;
  if (!info || scope.body.static) throw compileError(at, "this cannot be used in a static context");
  return { type: info.of(), run: (frame) => frame.self };
}

/** The place a plain name assigns to. */
export function namePlace(scope: Scope, at: SourcePosition, name: string): Place {
  const variable = scope.find(name);
  if (variable) {
    if (variable.final) throw compileError(at, `Final variable has already been set: ${name}`);
    return variablePlace(variable);
  }
  const found = findOwnField(scope, name);
  if (!found) throw compileError(at, `Variable does not exist: ${name}`);
  if (found.field.static) return fieldPlace(scope, at, null, found.field, found.type);
  if (!found.reachable)
    throw compileError(
      at,
      `Variable does not exist: ${name} (an instance field in a static context)`,
    );
  return fieldPlace(scope, at, thisTyped(scope, at), found.field, found.type);
}

/** A qualifier that must be a value. */
export function valueOf(scope: Scope, node: ExpressionNode): Typed {
  const qualifier = resolveQualifier(scope, node);
  if (qualifier.kind === "value") return closeChain(qualifier.typed);
  const name = qualifier.kind === "type" ? qualifier.info.qualifiedName : qualifier.name;
  throw compileError(node.at, `Variable does not exist: ${name}`);
}
