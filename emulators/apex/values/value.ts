/** What an Apex expression can evaluate to; `types/type.ts` says why it is defined there. */
export { ApexValue, EnumValue, type KeyContext, type Value } from "../types/type.ts";
