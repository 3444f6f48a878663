/** Methods every value has, and those every enum has. */
import { objectType } from "../types/builtin.ts";
import { TypeInfo } from "../types/type.ts";

export const objectInfo = objectType.info;
export const enumInfo = new TypeInfo("Enum", "class");
