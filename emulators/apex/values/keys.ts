/** Keys under which Sets and Maps file values: equal for values that Apex holds equal. */
import { activeRuntime } from "../run/active.ts";
import { BlobValue, DateValue, DatetimeValue, DoubleValue, TimeValue } from "./scalars.ts";
import { ListValue, MapValue, SetValue } from "./collections.ts";
import { DecimalValue } from "./decimal.ts";
import { valuesEqual } from "./equality.ts";
import { ObjectValue } from "./object-value.ts";
import { SObjectValue } from "./sobject-value.ts";
import { TypeValue } from "./type-value.ts";
import type { Value } from "./value.ts";

/** Objects with their own `equals`, by hash code: the first of each kind stands for all. */
export interface KeyContext {
  readonly buckets: Map<number, ObjectValue[]>;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function identityOf(value: object): string {
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(value, identity);
  }
  return `#${identity}`;
}

export function keyOf(value: Value, context: KeyContext): string {
  switch (typeof value) {
    case "string":
      return `s${value}`;
    case "number":
      return `i${value}`;
    case "bigint":
      return `l${value.toString()}`;
    case "boolean":
      return value ? "true" : "false";
    default:
      return value === null ? "null" : objectKey(value, context);
  }
}

function objectKey(value: object, context: KeyContext): string {
  if (value instanceof DecimalValue) return `d${value.strip(0).toString()}`;
  if (value instanceof DoubleValue) return `f${value.value}`;
  if (value instanceof DateValue) return `D${value.day}`;
  if (value instanceof DatetimeValue) return `T${value.ms}`;
  if (value instanceof TimeValue) return `t${value.ms}`;
  if (value instanceof BlobValue) return `b${value.bytes.toString("base64")}`;
  if (value instanceof SObjectValue) return sobjectKey(value, context);
  if (value instanceof ListValue)
    return `[${value.items.map((item) => lengthPrefixed(item, context)).join(",")}]`;
  if (value instanceof SetValue)
    return `{${[...value.values()]
      .map((item) => lengthPrefixed(item, context))
      .sort()
      .join(",")}}`;
  if (value instanceof MapValue)
    return `{${[...value.entries()]
      .map(([key, item]) => `${lengthPrefixed(key, context)}=${lengthPrefixed(item, context)}`)
      .sort()
      .join(",")}}`;
  if (value instanceof ObjectValue) return objectValueKey(value, context);
  if (value instanceof TypeValue) return `y${value.of.id}`;
  return identityOf(value);
}

/** The length keeps `["a,b"]` apart from `["a", "b"]`. */
function lengthPrefixed(value: Value, context: KeyContext): string {
  const key = keyOf(value, context);
  return `${key.length}:${key}`;
}

function sobjectKey(value: SObjectValue, context: KeyContext): string {
  const parts = [...value.fields]
    .map(([name, field]) => `${name}=${lengthPrefixed(field, context)}`)
    .sort();
  return `o${value.object.name}(${parts.join(",")})`;
}

function objectValueKey(value: ObjectValue, context: KeyContext): string {
  const hash = activeRuntime().hashOf(value);
  if (hash === null) return identityOf(value);
  const bucket = context.buckets.get(hash) ?? [];
  const same = bucket.find((other) => valuesEqual(other, value));
  if (same) return identityOf(same);
  bucket.push(value);
  context.buckets.set(hash, bucket);
  return identityOf(value);
}
