/** Finding fields and methods of a type, and whether code here may use them. */
import type { SourcePosition } from "../errors.ts";
import { enumInfo, objectInfo } from "../types/roots.ts";
import { ancestors } from "../types/relations.ts";
import {
  type Access,
  type ApexType,
  type FieldInfo,
  type MethodInfo,
  substitute,
  type TypeInfo,
} from "../types/type.ts";
import type { Scope } from "./scope.ts";
import { compileError } from "./typed.ts";

export interface FoundField {
  readonly field: FieldInfo;
  readonly type: ApexType;
}

export function findField(type: ApexType, name: string): FoundField | null {
  const key = name.toLowerCase();
  for (const ancestor of ancestors(type)) {
    const field = ancestor.info.fields.get(key);
    if (field) return { field, type: substitute(field.type, ancestor) };
  }
  return null;
}

export interface FoundMethod {
  readonly method: MethodInfo;
  readonly parameters: readonly ApexType[];
  readonly returns: ApexType;
}

/** All methods of this name, overridden ones left out. */
export function findMethods(type: ApexType, name: string): FoundMethod[] {
  const key = name.toLowerCase();
  const found: FoundMethod[] = [];
  const roots = new Set<MethodInfo>();
  const owners = [...ancestors(type)];
  if (type.info.form === "enum") owners.push(enumInfo.of());
  owners.push(objectInfo.of());
  for (const owner of owners) {
    for (const method of owner.info.methods.get(key) ?? []) {
      if (roots.has(method.root)) continue;
      roots.add(method.root);
      found.push({
        method,
        parameters: method.parameters.map((parameter) => substitute(parameter.type, owner)),
        returns: substitute(method.returns, owner),
      });
    }
  }
  return withoutHidden(found);
}

/** A class's own `toString()` hides the one every object has; interfaces repeat what classes have. */
function withoutHidden(found: readonly FoundMethod[]): FoundMethod[] {
  const kept: FoundMethod[] = [];
  for (const candidate of found) {
    const hidden = kept.some(
      (other) =>
        other.method.static === candidate.method.static &&
        other.parameters.length === candidate.parameters.length &&
        other.parameters.every((type, index) => type === candidate.parameters[index]),
    );
    if (!hidden) kept.push(candidate);
  }
  return kept;
}

function outermost(info: TypeInfo): TypeInfo {
  return info.outer ? outermost(info.outer) : info;
}

function inherits(info: TypeInfo, from: TypeInfo): boolean {
  return info === from || (info.superType !== null && inherits(info.superType.info, from));
}

/** Refuses private and protected members of other classes, as the platform's compiler does. */
export function checkAccess(
  scope: Scope,
  at: SourcePosition,
  member: FieldInfo | MethodInfo,
  access: Access,
): void {
  scope.program.named.add(member);
  if (access === "public" || access === "global") return;
  const here = scope.body.info;
  if (here && outermost(here) === outermost(member.owner)) return;
  if (member.testVisible && scope.body.inTest) return;
  if (access === "protected") {
    for (let info = here; info; info = info.outer) if (inherits(info, member.owner)) return;
  }
  throw compileError(
    at,
    `${member.owner.qualifiedName}.${member.name} is ${access} and not visible here`,
  );
}
