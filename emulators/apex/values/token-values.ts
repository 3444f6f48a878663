/** Schema.SObjectType and Schema.SObjectField: the tokens that describe hangs on. */
import type { FieldDescribe } from "../ports.ts";
import { type ApexType, TypeInfo } from "../types/type.ts";
import { ApexValue } from "./value.ts";

export const sobjectTypeTokenInfo = new TypeInfo("SObjectType", "class");
export const sobjectFieldTokenInfo = new TypeInfo("SObjectField", "class");

export class SObjectTypeToken extends ApexValue {
  readonly info: TypeInfo;

  constructor(info: TypeInfo) {
    super();
    this.info = info;
  }

  get type(): ApexType {
    return sobjectTypeTokenInfo.of();
  }
}

export class SObjectFieldToken extends ApexValue {
  readonly object: TypeInfo;
  readonly field: FieldDescribe;

  constructor(object: TypeInfo, field: FieldDescribe) {
    super();
    this.object = object;
    this.field = field;
  }

  get type(): ApexType {
    return sobjectFieldTokenInfo.of();
  }
}
