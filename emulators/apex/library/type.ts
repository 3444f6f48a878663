/** System.Type. */
import { allocator } from "../compile/new.ts";
import { constructorsOf } from "../compile/constructors.ts";
import type { Runtime } from "../run/runtime.ts";
import { type ApexType } from "../types/type.ts";
import { ObjectValue } from "../values/object-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import { TypeValue, typeTypeInfo } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "../intrinsics/define.ts";

/** `Outer.Inner`, `System.String`, `Map<String, List<Id>>`, sObject names; null when unknown. */
export function typeByName(rt: Runtime, name: string): ApexType | null {
  const generic = /^\s*(\w+)\s*<(.*)>\s*$/.exec(name);
  const base = generic?.[1] ?? name.trim();
  const info = rt.program.findType(base.split("."), null);
  if (!info) return null;
  if (!generic) return info.parameters.length === 0 ? info.of() : null;
  const args = splitArguments(generic[2] ?? "").map((arg) => typeByName(rt, arg));
  const known = args.filter((arg) => arg !== null);
  return known.length === info.parameters.length ? info.of(...known) : null;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "<") depth += 1;
    if (char === ">") depth -= 1;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] = (parts[parts.length - 1] ?? "") + char;
  }
  return parts;
}

/** Makes an instance with the constructor without parameters. */
export function newInstance(rt: Runtime, type: ApexType): Value {
  if (type.info.object) return new SObjectValue(type.info);
  const plain = constructorsOf(type).find((found) => found.parameters.length === 0);
  if (!plain || type.info.abstract)
    throw rt.error("TypeException", `Type ${type.name} has no default constructor`);
  if (type.info.index >= 0) rt.staticsOf(type.info);
  const self = allocator(type)();
  const made = plain.method.invoke(rt, self, []);
  return self instanceof ObjectValue ? self : made;
}

addMembers(typeTypeInfo, {
  "static Type forName(String? name)": (rt, name: string | null) => {
    const type = name === null ? null : typeByName(rt, name);
    return type && new TypeValue(type);
  },
  "String getName()": (_rt, self: TypeValue) => self.of.name,
  "Object newInstance()": (rt, self: TypeValue) => newInstance(rt, self.of),
});
