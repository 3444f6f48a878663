import type { TypeInfo } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import { addMembers } from "./define.ts";

/** `values()` and `valueOf(name)`, which every enum has for its own constants. */
export function addEnumStatics(info: TypeInfo): void {
  addMembers(info, {
    "static List<Self> values()": () => new ListValue(info.of(), [...info.enumValues]),
    "static Self valueOf(String name)": (rt, name: string) => {
      const found = info.enumValues.find(
        (value) => value.name.toLowerCase() === name.toLowerCase(),
      );
      if (found) return found;
      throw rt.error("NoSuchElementException", `No enum constant ${info.qualifiedName}.${name}`);
    },
  });
}
