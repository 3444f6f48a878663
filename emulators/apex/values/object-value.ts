import type { ApexType, TypeInfo } from "../types/type.ts";
import { activeRuntime } from "./active.ts";
import { identityOf } from "./keys.ts";
import { ApexValue, type KeyContext, type Value } from "./value.ts";

/** An instance of a class of the package, or of a library class that it may extend. */
export class ObjectValue extends ApexValue {
  readonly info: TypeInfo;
  readonly fields: Value[];

  constructor(info: TypeInfo) {
    super();
    this.info = info;
    this.fields = new Array<Value>(info.slotCount).fill(null);
  }

  /** By the class's own `hashCode` and `equals`, where it has them. */
  override keyIn(context: KeyContext): string | null {
    const hash = activeRuntime().hashOf(this);
    if (hash === null) return null;
    const bucket = context.buckets.get(hash) ?? [];
    const same = bucket.find((other) => other === this || activeRuntime().callEquals(other, this));
    if (same) return identityOf(same);
    bucket.push(this);
    context.buckets.set(hash, bucket);
    return null;
  }

  get type(): ApexType {
    return this.info.of();
  }
}

/** One failed row of a DML statement, as `DmlException` reports it. */
export interface DmlFailure {
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export class ExceptionValue extends ObjectValue {
  message: string | null = null;
  cause: ExceptionValue | null = null;
  /** Innermost first, for example `Class.Outer.method: line 3, column 1`. */
  stack: readonly string[] = [];
  line = 0;
  failures: readonly DmlFailure[] = [];
  /** Fields a QueryException or NoAccessException names. */
  inaccessible: ReadonlyMap<string, readonly string[]> = new Map();
}
