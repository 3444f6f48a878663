/** List, Set and Map. Sets and Maps keep insertion order and compare keys by Apex equality. */
import { listOf, mapOf, setOf } from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import { keyOf, lengthPrefixed } from "./keys.ts";
import { ApexValue, type KeyContext, type Value } from "./value.ts";

export class ListValue extends ApexValue {
  readonly type: ApexType;
  items: Value[];
  /** Trigger.new in an after trigger, Trigger.old: cannot be changed. */
  readonly frozen: boolean;

  constructor(element: ApexType, items: Value[], frozen = false) {
    super();
    this.type = listOf(element);
    this.items = items;
    this.frozen = frozen;
  }

  override keyIn(context: KeyContext): string {
    return `[${this.items.map((item) => lengthPrefixed(item, context)).join(",")}]`;
  }

  get element(): ApexType {
    return this.type.arg(0);
  }
}

export class SetValue extends ApexValue {
  readonly type: ApexType;
  readonly #items = new Map<unknown, Value>();
  readonly #keys: KeyContext = { buckets: new Map() };

  constructor(element: ApexType, items: Iterable<Value> = []) {
    super();
    this.type = setOf(element);
    for (const item of items) this.add(item);
  }

  override keyIn(context: KeyContext): string {
    const keys = [...this.values()].map((item) => lengthPrefixed(item, context)).sort();
    return `{${keys.join(",")}}`;
  }

  get element(): ApexType {
    return this.type.arg(0);
  }
  get size(): number {
    return this.#items.size;
  }
  values(): IterableIterator<Value> {
    return this.#items.values();
  }
  has(item: Value): boolean {
    return this.#items.has(keyOf(item, this.#keys));
  }
  add(item: Value): boolean {
    const key = keyOf(item, this.#keys);
    if (this.#items.has(key)) return false;
    this.#items.set(key, item);
    return true;
  }
  remove(item: Value): boolean {
    return this.#items.delete(keyOf(item, this.#keys));
  }
  clear(): void {
    this.#items.clear();
  }
}

export class MapValue extends ApexValue {
  readonly type: ApexType;
  readonly #entries = new Map<unknown, readonly [Value, Value]>();
  readonly #keys: KeyContext = { buckets: new Map() };

  constructor(key: ApexType, value: ApexType, entries: Iterable<readonly [Value, Value]> = []) {
    super();
    this.type = mapOf(key, value);
    for (const [entryKey, entryValue] of entries) this.set(entryKey, entryValue);
  }

  override keyIn(context: KeyContext): string {
    const pairs = [...this.entries()].map(
      ([key, item]) => `${lengthPrefixed(key, context)}=${lengthPrefixed(item, context)}`,
    );
    return `{${pairs.sort().join(",")}}`;
  }

  get keyType(): ApexType {
    return this.type.arg(0);
  }
  get valueType(): ApexType {
    return this.type.arg(1);
  }
  get size(): number {
    return this.#entries.size;
  }
  entries(): IterableIterator<readonly [Value, Value]> {
    return this.#entries.values();
  }
  has(key: Value): boolean {
    return this.#entries.has(keyOf(key, this.#keys));
  }
  get(key: Value): Value {
    return this.#entries.get(keyOf(key, this.#keys))?.[1] ?? null;
  }
  /** Returns the value that was there before. */
  set(key: Value, value: Value): Value {
    const hashed = keyOf(key, this.#keys);
    const before = this.#entries.get(hashed);
    this.#entries.set(hashed, [before ? before[0] : key, value]);
    return before?.[1] ?? null;
  }
  remove(key: Value): Value {
    const hashed = keyOf(key, this.#keys);
    const before = this.#entries.get(hashed);
    this.#entries.delete(hashed);
    return before?.[1] ?? null;
  }
  clear(): void {
    this.#entries.clear();
  }
}
