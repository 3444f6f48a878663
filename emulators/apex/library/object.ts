/** What every object and every enum can do. */
import { identityHash } from "../values/identity.ts";
import { booleanType, idType } from "../types/builtin.ts";
import type { EnumValue } from "../values/value.ts";
import { valuesEqual } from "../values/equality.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "../intrinsics/define.ts";
import { enumInfo, objectInfo } from "../types/roots.ts";
import { sobjectTypeToken } from "../intrinsics/tokens.ts";
import { toId } from "../compile/convert.ts";

addMembers(objectInfo, {
  "Boolean equals(Object? other)": (_rt, self: Value, other: Value) => valuesEqual(self, other),
  "Integer hashCode()": (rt, self: Value) =>
    self instanceof Object && "info" in self && "fields" in self
      ? (rt.hashOf(self as never) ?? identityHash(self))
      : 0,
  "String toString()": (_rt, self: Value) => textOf(self),
});

addMembers(enumInfo, {
  "String name()": (_rt, self: EnumValue) => self.name,
  "Integer ordinal()": (_rt, self: EnumValue) => self.ordinal,
});

addMembers(booleanType.info, {
  "static Boolean valueOf(String? text)": (_rt, text: string | null) =>
    text?.toLowerCase() === "true",
  "static Boolean valueOf(Object? value)": (rt, value: Value) => {
    if (typeof value === "boolean") return value;
    if (typeof value === "string") return value.toLowerCase() === "true";
    throw rt.error("TypeException", "Invalid boolean: value is no boolean");
  },
});

addMembers(idType.info, {
  "static Id valueOf(String text)": (rt, text: string) => toId(rt, text),
  "Schema.SObjectType getSObjectType()": (rt, self: string) => {
    const info = rt.program.sobjectByPrefix(self.slice(0, 3));
    return info ? sobjectTypeToken(info) : null;
  },
  "String to15()": (_rt, self: string) => self.slice(0, 15),
});
