/** Bound values as SOQL literals: the platform's query engine never sees a bind. */
import type { Runtime } from "../run/runtime.ts";
import { ListValue, SetValue } from "../values/collections.ts";
import { DecimalValue } from "../values/decimal.ts";
import { DateValue, DatetimeValue, DoubleValue, TimeValue } from "../values/scalars.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";

function quote(text: string): string {
  const escaped = text
    .replace(/[\\']/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `'${escaped}'`;
}

/** No text of a record equals this: an empty list matches nothing. */
const nothing = "''";

export function soqlLiteral(rt: Runtime, value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object") return String(value).toUpperCase();
  if (value instanceof DecimalValue) return value.toString();
  if (value instanceof DoubleValue) return DecimalValue.of(value.value).toString();
  if (value instanceof DateValue || value instanceof DatetimeValue || value instanceof TimeValue)
    return value.iso;
  if (value instanceof SObjectValue) return soqlLiteral(rt, value.id);
  if (value instanceof ListValue || value instanceof SetValue) {
    const items = value instanceof ListValue ? value.items : [...value.values()];
    const literals = items.map((item) => soqlLiteral(rt, item));
    return `(${literals.length > 0 ? literals.join(", ") : nothing})`;
  }
  throw rt.error("QueryException", `Invalid bind expression type: ${value.type.name}`);
}
