import type { TypeInfo } from "../types/type.ts";
import { EnumValue } from "../values/value.ts";
import { addEnumStatics } from "./enum-statics.ts";
import { type ClassOptions, libraryClass } from "./define.ts";

/** A library enum with its constants in order. */
export function libraryEnum(
  name: string,
  constants: readonly string[],
  options: Omit<ClassOptions, "form"> = {},
): TypeInfo {
  const info = libraryClass(name, {}, { ...options, form: "enum" });
  info.enumValues.push(...constants.map((constant, index) => new EnumValue(info, constant, index)));
  addEnumStatics(info);
  return info;
}

export function enumConstant(info: TypeInfo, name: string): EnumValue {
  const found = info.enumValues.find((value) => value.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Error(`${info.qualifiedName} has no constant ${name}`);
  return found;
}
