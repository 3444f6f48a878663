import type { ObjectDescribe } from "../ports.ts";
import type { ApexType, TypeInfo } from "../types/type.ts";
import { lengthPrefixed } from "./keys.ts";
import { ApexValue, type KeyContext, type Value } from "./value.ts";

/** A record in memory. Relationships are held under their lower-case relationship names. */
export class SObjectValue extends ApexValue {
  readonly info: TypeInfo;
  readonly object: ObjectDescribe;
  /** By lower-case field or relationship name; what is absent was never set. */
  readonly fields = new Map<string, Value>();
  /** Lower-case names a query selected; null when every field may be read. */
  selected: ReadonlySet<string> | null = null;
  /** Rows of a trigger that must not be changed. */
  readOnly = false;
  /** What `addError` said, collected by the trigger that runs. */
  errors: { readonly message: string; readonly field: string | null }[] = [];

  constructor(info: TypeInfo) {
    super();
    this.info = info;
    if (!info.object) throw new Error(`${info.name} is not an sObject type`);
    this.object = info.object;
  }

  override keyIn(context: KeyContext): string {
    const parts = [...this.fields]
      .map(([name, field]) => `${name}=${lengthPrefixed(field, context)}`)
      .sort();
    return `o${this.object.name}(${parts.join(",")})`;
  }

  get type(): ApexType {
    return this.info.of();
  }

  get id(): string | null {
    const id = this.fields.get("id");
    return typeof id === "string" ? id : null;
  }

  copy(): SObjectValue {
    const copy = new SObjectValue(this.info);
    for (const [name, value] of this.fields) copy.fields.set(name, value);
    copy.selected = this.selected;
    return copy;
  }
}
