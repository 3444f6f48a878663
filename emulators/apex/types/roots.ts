/** Methods every value has, and those every enum has. */
import { objectType } from "./builtin.ts";
import { TypeInfo } from "./type.ts";

export const objectInfo = objectType.info;
export const enumInfo = new TypeInfo("Enum", "class");
