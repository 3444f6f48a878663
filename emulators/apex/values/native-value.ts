import type { ApexType } from "../types/type.ts";
import { ApexValue } from "./value.ts";

/** An instance of a library class: what the class needs to keep, typed by the class's file. */
export class NativeValue<Data = unknown> extends ApexValue {
  readonly type: ApexType;
  readonly data: Data;
  /** What String.valueOf shows. */
  readonly #text: ((data: Data) => string) | null;

  constructor(type: ApexType, data: Data, text: ((data: Data) => string) | null = null) {
    super();
    this.type = type;
    this.data = data;
    this.#text = text;
  }

  get text(): string {
    return this.#text ? this.#text(this.data) : `${this.type.name}[]`;
  }
}
