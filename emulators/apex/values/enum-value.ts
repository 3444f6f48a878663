import type { ApexType, TypeInfo } from "../types/type.ts";
import { ApexValue } from "./value.ts";

export class EnumValue extends ApexValue {
  readonly info: TypeInfo;
  readonly name: string;
  readonly ordinal: number;

  constructor(info: TypeInfo, name: string, ordinal: number) {
    super();
    this.info = info;
    this.name = name;
    this.ordinal = ordinal;
  }

  get type(): ApexType {
    return this.info.of();
  }
}
