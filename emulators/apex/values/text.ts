/** How values look as text: in `String.valueOf`, in concatenation and in debug output. */
import { activeRuntime } from "./active.ts";
import { exceptionName } from "./exception-name.ts";
import { formatPattern } from "./date-pattern.ts";
import { ListValue, MapValue, SetValue } from "./collections.ts";
import { DecimalValue } from "./decimal.ts";
import { EnumValue } from "./value.ts";
import { NativeValue } from "./native-value.ts";
import { ExceptionValue, ObjectValue } from "./object-value.ts";
import { BlobValue, DateValue, DatetimeValue, DoubleValue, TimeValue } from "./scalars.ts";
import { SObjectValue } from "./sobject-value.ts";
import type { ApexType } from "../types/type.ts";
import { SObjectFieldToken, SObjectTypeToken } from "./token-values.ts";
import { TypeValue } from "./type-value.ts";
import type { Value } from "./value.ts";

/** `String.valueOf(value)`; null is the text `null`. */
export function textOf(value: Value): string {
  if (value === null) return "null";
  if (typeof value !== "object") return String(value);
  if (value instanceof DecimalValue) return value.toString();
  if (value instanceof DoubleValue) return doubleText(value.value);
  if (value instanceof DateValue) return value.iso;
  if (value instanceof DatetimeValue)
    return formatPattern(value.ms, "yyyy-MM-dd HH:mm:ss", activeRuntime().user.timeZone);
  if (value instanceof TimeValue) return value.iso;
  if (value instanceof EnumValue) return value.name;
  if (value instanceof ListValue) return `(${value.items.map(elementText).join(", ")})`;
  if (value instanceof SetValue) return `{${[...value.values()].map(elementText).join(", ")}}`;
  if (value instanceof MapValue)
    return `{${[...value.entries()].map(([key, item]) => `${elementText(key)}=${elementText(item)}`).join(", ")}}`;
  if (value instanceof SObjectValue) return sobjectText(value);
  if (value instanceof ObjectValue) return objectText(value);
  if (value instanceof BlobValue) return `Blob[${value.bytes.length}]`;
  if (value instanceof NativeValue) return value.text;
  if (value instanceof TypeValue) return value.of.name;
  if (value instanceof SObjectTypeToken) return value.info.name;
  if (value instanceof SObjectFieldToken) return value.field.name;
  return value.type.name;
}

/** `'' + value`: as String.valueOf, but a Date shows its midnight and a Datetime is in GMT. */
export function concatText(value: Value): string {
  if (value instanceof DateValue) return `${value.iso} 00:00:00`;
  if (value instanceof DatetimeValue) return formatPattern(value.ms, "yyyy-MM-dd HH:mm:ss", "UTC");
  return textOf(value);
}

function elementText(value: Value): string {
  return concatText(value);
}

function sobjectText(value: SObjectValue): string {
  const parts: string[] = [];
  for (const [name, field] of value.fields) {
    if (field instanceof SObjectValue || field instanceof ListValue) continue;
    parts.push(`${value.object.fields.get(name)?.name ?? name}=${concatText(field)}`);
  }
  return `${value.object.name}:{${parts.join(", ")}}`;
}

function objectText(value: ObjectValue): string {
  const own = activeRuntime().callToString(value);
  if (own !== null) return own;
  if (value instanceof ExceptionValue) {
    const name = exceptionName(value.info.qualifiedName);
    return `${name}: ${value.message ?? "Script-thrown exception"}`;
  }
  const parts = [...value.info.fields.values()]
    .filter((field) => !field.static && field.slot >= 0)
    .map((field) => `${field.name}=${shallowText(value.fields[field.slot] ?? null)}`);
  return `${value.info.name}:[${parts.join(", ")}]`;
}

function shallowText(value: Value): string {
  return value instanceof ObjectValue && activeRuntime().callToString(value) === null
    ? `${value.info.name}:[…]`
    : concatText(value);
}

/** Java's Double.toString: `1.0`, `1.0E10`, `1.0E-5`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [mantissa = "", exponent = ""] = value.toExponential().split("e");
    const digits = mantissa.includes(".") ? mantissa : `${mantissa}.0`;
    return `${digits}E${exponent.replace("+", "")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Type names as exceptions and `Type.getName` print them. */
export function typeText(type: ApexType): string {
  return exceptionName(type.name);
}
