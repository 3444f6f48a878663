import { TypeInfo, type ApexType } from "../types/type.ts";
import { ApexValue, type KeyContext } from "./value.ts";

/** `System.Type`: its methods are in `library/type.ts`. */
export const typeTypeInfo = new TypeInfo("Type", "class");

/** A `System.Type`; also what a library constructor gets as the type to make. */
export class TypeValue extends ApexValue {
  readonly of: ApexType;

  constructor(of: ApexType) {
    super();
    this.of = of;
  }

  override keyIn(_context: KeyContext): string {
    return `y${this.of.id}`;
  }

  get type(): ApexType {
    return typeTypeInfo.of();
  }
}
