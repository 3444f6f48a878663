/** Keys under which Sets and Maps file values: equal for values that Apex holds equal. */
import type { KeyContext, Value } from "./value.ts";

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

export function identityOf(value: object): string {
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
      return value === null ? "null" : (value.keyIn(context) ?? identityOf(value));
  }
}

/** The length keeps `["a,b"]` apart from `["a", "b"]`. */
export function lengthPrefixed(value: Value, context: KeyContext): string {
  const key = keyOf(value, context);
  return `${key.length}:${key}`;
}
