/** JSON to Apex values of a given type, as `JSON.deserialize` and Aura arguments do. */
import { toId } from "../compile/convert.ts";
import { findField } from "../compile/members.ts";
import { findRecordMember } from "../program/record-member.ts";
import type { Runtime } from "../run/runtime.ts";
import {
  blobType,
  booleanType,
  dateType,
  datetimeType,
  decimalType,
  doubleType,
  idType,
  integerType,
  listInfo,
  longType,
  mapInfo,
  mapOf,
  objectType,
  setInfo,
  stringType,
  timeType,
} from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue, MapValue, SetValue } from "../values/collections.ts";
import { DecimalValue } from "../values/decimal.ts";
import { ObjectValue } from "../values/object-value.ts";
import {
  BlobValue,
  DateValue,
  DatetimeValue,
  dayMs,
  DoubleValue,
  TimeValue,
} from "../values/scalars.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { type Json, JsonNumber } from "./json-text.ts";

export function fromJson(rt: Runtime, json: Json, type: ApexType): Value {
  if (json === null) return null;
  if (type === objectType) return untypedFromJson(json);
  const { info } = type;
  if (info === listInfo || info === setInfo) {
    const source = childRows(json);
    if (!Array.isArray(source)) throw mismatch(rt, json, type);
    const items = source.map((item: Json) => fromJson(rt, item, type.arg(0)));
    return info === listInfo ? new ListValue(type.arg(0), items) : new SetValue(type.arg(0), items);
  }
  if (info.form === "primitive") return primitive(rt, json, type);
  if (info.form === "enum") {
    const name = typeof json === "string" ? json.toLowerCase() : "";
    const value = info.enumValues.find((item) => item.name.toLowerCase() === name);
    if (!value) throw mismatch(rt, json, type);
    return value;
  }
  if (!isObject(json)) throw mismatch(rt, json, type);
  if (info === mapInfo)
    return new MapValue(
      type.arg(0),
      type.arg(1),
      Object.entries(json).map(([key, value]) => [
        primitive(rt, key, type.arg(0)),
        fromJson(rt, value, type.arg(1)),
      ]),
    );
  if (info.form === "sobject") return recordFromJson(rt, json, type);
  return objectFromJson(rt, json, type);
}

function isObject(json: Json): json is { readonly [key: string]: Json } {
  return (
    typeof json === "object" &&
    json !== null &&
    !Array.isArray(json) &&
    !(json instanceof JsonNumber)
  );
}

/** A sub-query's rows come as `{totalSize, done, records}`. */
function childRows(json: Json): Json {
  return isObject(json) && Array.isArray(json.records) ? json.records : json;
}

function mismatch(rt: Runtime, json: Json, type: ApexType): Error {
  const given = json instanceof JsonNumber ? json.text : JSON.stringify(json);
  return rt.error("JSONException", `Illegal value for ${type.name}: ${given}`);
}

function recordFromJson(
  rt: Runtime,
  json: { readonly [key: string]: Json },
  type: ApexType,
): Value {
  const named = isObject(json.attributes ?? null)
    ? (json.attributes as { readonly type?: Json }).type
    : undefined;
  const info = typeof named === "string" ? rt.program.sobject(named) : type.info;
  if (!info?.object)
    throw rt.error("JSONException", "The sObject's type is missing: attributes.type");
  const record = new SObjectValue(info);
  for (const [name, value] of Object.entries(json)) {
    if (name === "attributes" || name.toLowerCase() === "sobjecttype") continue;
    const member = findRecordMember(rt.program, info.of(), name);
    if (!member)
      throw rt.error("JSONException", `No such column '${name}' on sobject of type ${info.name}`);
    record.fields.set(member.key, fromJson(rt, value, member.type));
  }
  return record;
}

function objectFromJson(
  rt: Runtime,
  json: { readonly [key: string]: Json },
  type: ApexType,
): Value {
  if (type.info.index < 0 || type.info.abstract || type.info.form === "interface")
    throw rt.error("JSONException", `Type cannot be deserialized: ${type.name}`);
  rt.staticsOf(type.info);
  // No constructor runs, as on the platform; the field initialisers of the class do not either.
  const object = new ObjectValue(type.info);
  for (const [name, value] of Object.entries(json)) {
    const found = findField(type, name);
    if (!found || found.field.static) continue;
    const read = fromJson(rt, value, found.type);
    if (found.field.setter) found.field.setter(rt, object, [read]);
    else object.fields[found.field.slot] = read;
  }
  return object;
}

function primitive(rt: Runtime, json: Json, type: ApexType): Value {
  const text = json instanceof JsonNumber ? json.text : typeof json === "string" ? json : null;
  switch (type) {
    case booleanType:
      if (typeof json === "boolean") return json;
      if (text === "true" || text === "false") return text === "true";
      break;
    case stringType:
      if (typeof json === "boolean") return String(json);
      if (text !== null) return text;
      break;
    case idType:
      if (typeof json === "string") return toId(rt, json);
      break;
    default:
      if (text !== null) {
        const value = scalar(type, text);
        if (value !== null) return value;
      }
  }
  throw mismatch(rt, json, type);
}

function scalar(type: ApexType, text: string): Value {
  switch (type) {
    case integerType:
      return /^-?\d+$/.test(text) && Math.abs(Number(text)) <= 2 ** 31 ? Number(text) | 0 : null;
    case longType:
      return /^-?\d+$/.test(text) ? BigInt(text) : null;
    case doubleType:
      return Number.isNaN(Number(text)) ? null : new DoubleValue(Number(text));
    case decimalType:
      return DecimalValue.parse(text);
    case dateType: {
      const ms = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
      return Number.isNaN(ms) ? null : new DateValue(Math.floor(ms / dayMs));
    }
    case datetimeType: {
      const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
      return Number.isNaN(ms) ? null : new DatetimeValue(ms);
    }
    case timeType: {
      const ms = Date.parse(`1970-01-01T${text.replace(/Z?$/, "Z")}`);
      return Number.isNaN(ms) ? null : new TimeValue(ms);
    }
    case blobType:
      return new BlobValue(Buffer.from(text, "base64"));
    default:
      return null;
  }
}

/** Maps, lists, Strings, Booleans; whole numbers are Integers or Longs, the others Decimals. */
export function untypedFromJson(json: Json): Value {
  if (json instanceof JsonNumber) {
    if (!/^-?\d+$/.test(json.text)) return DecimalValue.parse(json.text);
    const value = Number(json.text);
    return value >= -(2 ** 31) && value < 2 ** 31 ? value : BigInt(json.text);
  }
  if (Array.isArray(json))
    return new ListValue(objectType, (json as readonly Json[]).map(untypedFromJson));
  if (isObject(json))
    return new MapValue(
      untypedMap.arg(0),
      untypedMap.arg(1),
      Object.entries(json).map(([key, value]) => [key, untypedFromJson(value)]),
    );
  return json as boolean | string | null;
}

const untypedMap = mapOf(stringType, objectType);
