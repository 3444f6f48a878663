/** Apex values as JSON text, as `JSON.serialize` writes them. */
import type { Runtime } from "../run/runtime.ts";
import type { FieldInfo } from "../types/type.ts";
import { ListValue, MapValue, SetValue } from "../values/collections.ts";
import { DecimalValue } from "../values/decimal.ts";
import { EnumValue } from "../values/value.ts";
import { ExceptionValue, ObjectValue } from "../values/object-value.ts";
import { BlobValue, DateValue, DatetimeValue, DoubleValue, TimeValue } from "../values/scalars.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";

export interface WriteOptions {
  readonly suppressNulls: boolean;
  /** Records as screens get them: no `attributes`; objects only with their visible members. */
  readonly aura?: boolean;
}

const apiVersion = "61.0";

export function toJson(rt: Runtime, value: Value, options: WriteOptions): string {
  if (value === null) return "null";
  if (typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof DecimalValue) return value.toString();
  if (value instanceof DoubleValue)
    return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value);
  if (value instanceof DateValue || value instanceof TimeValue) return JSON.stringify(value.iso);
  if (value instanceof DatetimeValue)
    return JSON.stringify(options.aura ? value.iso : value.iso.replace("Z", "+0000"));
  if (value instanceof BlobValue) return JSON.stringify(value.bytes.toString("base64"));
  if (value instanceof EnumValue) return JSON.stringify(value.name);
  const inner = (item: Value): string => toJson(rt, item, options);
  if (value instanceof ListValue) return `[${value.items.map(inner).join(",")}]`;
  if (value instanceof SetValue) return `[${[...value.values()].map(inner).join(",")}]`;
  if (value instanceof MapValue)
    return object(
      [...value.entries()].map(([key, item]) => [key === null ? "null" : textOf(key), item]),
      inner,
      options,
    );
  if (value instanceof SObjectValue) return record(value, inner, options);
  if (value instanceof ExceptionValue)
    throw rt.error("JSONException", `Type unsupported in JSON: ${value.info.qualifiedName}`);
  if (value instanceof ObjectValue) return object(members(rt, value, options), inner, options);
  throw rt.error("JSONException", `Type unsupported in JSON: ${value.type.name}`);
}

function object(
  entries: readonly (readonly [string, Value])[],
  inner: (value: Value) => string,
  options: WriteOptions,
): string {
  const kept = options.suppressNulls ? entries.filter(([, value]) => value !== null) : entries;
  return `{${kept.map(([key, value]) => `${JSON.stringify(key)}:${inner(value)}`).join(",")}}`;
}

function record(
  value: SObjectValue,
  inner: (value: Value) => string,
  options: WriteOptions,
): string {
  const { name } = value.object;
  const url =
    value.id === null ? null : `/services/data/v${apiVersion}/sobjects/${name}/${value.id}`;
  const attributes = { type: name, ...(url === null ? {} : { url }) };
  const parts = options.aura ? [] : [`"attributes":${JSON.stringify(attributes)}`];
  for (const [key, field] of value.fields) {
    if (options.suppressNulls && field === null) continue;
    const apiName = nameOf(value, key);
    const body =
      field instanceof ListValue && !options.aura
        ? `{"totalSize":${field.items.length},"done":true,"records":${inner(field)}}`
        : inner(field);
    parts.push(`${JSON.stringify(apiName)}:${body}`);
  }
  return `{${parts.join(",")}}`;
}

/** API names of relationships come from the field that leads there. */
function nameOf(value: SObjectValue, key: string): string {
  const field = value.object.fields.get(key);
  if (field) return field.name;
  for (const other of value.object.fields.values())
    if (other.relationshipName?.toLowerCase() === key) return other.relationshipName;
  const child = value.object.childRelationships.find(
    (candidate) => candidate.relationshipName?.toLowerCase() === key,
  );
  return child?.relationshipName ?? key;
}

/** All fields that are not static or transient, inherited ones first; screens see fewer. */
function members(
  rt: Runtime,
  value: ObjectValue,
  options: WriteOptions,
): (readonly [string, Value])[] {
  const fields: FieldInfo[] = [];
  for (let info: ObjectValue["info"] | null = value.info; info; info = info.superType?.info ?? null)
    fields.unshift(...info.fields.values());
  return fields
    .filter((field) => !field.static && !field.transient)
    .filter((field) => !options.aura || field.annotations.has("auraenabled"))
    .map((field) => [
      field.name,
      field.getter ? field.getter(rt, value, []) : (value.fields[field.slot] ?? null),
    ]);
}
