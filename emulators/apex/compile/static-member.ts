/** `Type.member`: static fields, enum constants, sObject tokens, labels, trigger variables. */
import type { SourcePosition } from "../errors.ts";
import { labelInfo } from "../intrinsics/label.ts";
import { describeObjectType } from "../intrinsics/describe-object.ts";
import { sobjectFieldToken, sobjectTypeToken, sobjectTypeTokenInfo } from "../intrinsics/tokens.ts";
import { triggerInfo } from "../intrinsics/trigger.ts";
import { idType, listOf, mapOf, stringType } from "../types/builtin.ts";
import type { TypeInfo } from "../types/type.ts";
import { findField } from "./members.ts";
import { checkReadable, readStatic } from "./place.ts";
import type { Scope } from "./scope.ts";
import { compileError, constant, type Typed } from "./typed.ts";

/** Null when the type has no such static member. */
export function staticMember(
  scope: Scope,
  at: SourcePosition,
  info: TypeInfo,
  name: string,
): Typed | null {
  if (info.form === "enum") {
    const value = info.enumValues.find((item) => item.name.toLowerCase() === name.toLowerCase());
    return value ? constant(info.of(), value) : null;
  }
  if (info.object) return sobjectMember(info, name);
  if (info === sobjectTypeTokenInfo) {
    const object = scope.program.sobject(name);
    if (!object) return null;
    const token = sobjectTypeToken(object);
    return { ...constant(describeObjectType, token), describes: { of: object, part: "object" } };
  }
  if (info === labelInfo) {
    const text = scope.program.platform.label(name);
    if (text === null) throw compileError(at, `Custom label does not exist: ${name}`);
    // It is read in the running user's language.
    return { type: stringType, run: ({ rt }) => rt.platform.label(name, rt.user.language) };
  }
  const found = findField(info.of(), name);
  if (!found?.field.static) return null;
  checkReadable(scope, at, found.field);
  const typed = readStatic(found.field, found.type);
  return info === triggerInfo ? { ...typed, type: triggerType(scope, name, typed) } : typed;
}

/** In a trigger on Campaign, `Trigger.new` is a list of Campaigns. */
function triggerType(scope: Scope, name: string, typed: Typed): Typed["type"] {
  const object = scope.body.triggerObject;
  if (!object) return typed.type;
  switch (name.toLowerCase()) {
    case "new":
    case "old":
      return listOf(object.of());
    case "newmap":
    case "oldmap":
      return mapOf(idType, object.of());
    default:
      return typed.type;
  }
}

function sobjectMember(info: TypeInfo, name: string): Typed | null {
  if (name.toLowerCase() === "sobjecttype")
    return constant(sobjectTypeTokenInfo.of(), sobjectTypeToken(info));
  const field = info.object?.fields.get(name.toLowerCase());
  if (!field) return null;
  const token = sobjectFieldToken(info, field);
  return constant(token.type, token);
}
