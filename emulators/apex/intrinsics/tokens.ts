/** One token per object and field, so that tokens can be compared and used as keys. */
import type { FieldDescribe } from "../ports.ts";
import type { TypeInfo } from "../types/type.ts";
import { registerLibraryType } from "../types/registry.ts";
import {
  SObjectFieldToken,
  sobjectFieldTokenInfo,
  SObjectTypeToken,
  sobjectTypeTokenInfo,
} from "../values/token-values.ts";

export { SObjectFieldToken, sobjectFieldTokenInfo, SObjectTypeToken, sobjectTypeTokenInfo };

registerLibraryType(sobjectTypeTokenInfo, "Schema");
registerLibraryType(sobjectFieldTokenInfo, "Schema");

const typeTokens = new WeakMap<TypeInfo, SObjectTypeToken>();
const fieldTokens = new WeakMap<FieldDescribe, SObjectFieldToken>();

export function sobjectTypeToken(info: TypeInfo): SObjectTypeToken {
  let token = typeTokens.get(info);
  if (!token) {
    token = new SObjectTypeToken(info);
    typeTokens.set(info, token);
  }
  return token;
}

export function sobjectFieldToken(object: TypeInfo, field: FieldDescribe): SObjectFieldToken {
  let token = fieldTokens.get(field);
  if (!token) {
    token = new SObjectFieldToken(object, field);
    fieldTokens.set(field, token);
  }
  return token;
}
