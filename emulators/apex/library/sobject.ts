/** Methods every record has. */
import { addRecordError } from "../compile/add-error.ts";
import { castValue, conversionOf, toId } from "../compile/convert.ts";
import { findRecordMember, type RecordMember } from "../program/record-member.ts";
import { readRecordField } from "../compile/record-field.ts";
import type { Runtime } from "../run/runtime.ts";
import {
  dateType,
  decimalType,
  doubleType,
  idType,
  integerType,
  longType,
  objectType,
  sobjectType,
  stringType,
} from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import { MapValue } from "../values/collections.ts";
import type { SObjectValue } from "../values/sobject-value.ts";
import { textOf, typeText } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { typeOfValue } from "../values/value-type.ts";
import { errorList } from "./database-results.ts";
import { addMembers } from "../intrinsics/define.ts";
import { SObjectFieldToken, sobjectTypeToken } from "../intrinsics/tokens.ts";
import { copyRecord } from "./sobject-copy.ts";

function memberOf(rt: Runtime, self: SObjectValue, field: Value): RecordMember {
  const name = field instanceof SObjectFieldToken ? field.field.name : (field as string);
  const member = findRecordMember(rt.program, self.type, name);
  if (!member) throw rt.error("SObjectException", `Invalid field ${name} for ${self.object.name}`);
  return member;
}

function get(rt: Runtime, self: SObjectValue, field: Value): Value {
  const member = memberOf(rt, self, field);
  if (!member.field)
    throw rt.error("SObjectException", `Invalid field ${member.name} for ${self.object.name}`);
  return readRecordField(member)(rt, self);
}

/** Conversions `put` does by itself; anything else is an SObjectException. */
export function putConversion(rt: Runtime, value: Value, to: ApexType): Value | undefined {
  if (value === null) return null;
  const from = typeOfValue(value);
  if (from === to || to === objectType) return value;
  if (to === idType && typeof value === "string") return toId(rt, value);
  const numbers = [integerType, longType, doubleType, decimalType];
  if ((numbers.includes(from) && numbers.includes(to)) || from === dateType) {
    const convert = conversionOf(from, to);
    return convert ? convert(rt, value) : castOrUndefined(rt, value, to);
  }
  return undefined;
}

function castOrUndefined(rt: Runtime, value: Value, to: ApexType): Value | undefined {
  try {
    return castValue(rt, value, to);
  } catch {
    return undefined;
  }
}

function put(rt: Runtime, self: SObjectValue, field: Value, value: Value): Value {
  const member = memberOf(rt, self, field);
  if (self.readOnly) throw rt.error("FinalException", "Record is read-only");
  if (!member.field)
    throw rt.error("SObjectException", `Invalid field ${member.name} for ${self.object.name}`);
  if (member.field.calculated)
    throw rt.error("SObjectException", `Field ${member.name} is not editable`);
  const converted = putConversion(rt, value, member.type);
  if (converted === undefined)
    throw rt.error(
      "SObjectException",
      `Illegal assignment from ${value === null ? "null" : typeText(typeOfValue(value))} to ${typeText(member.type)}`,
    );
  const before = self.fields.get(member.key) ?? null;
  self.fields.set(member.key, converted);
  return before;
}

function related(rt: Runtime, self: SObjectValue, name: Value): Value {
  const key =
    name instanceof SObjectFieldToken ? (name.field.relationshipName ?? "") : textOf(name);
  const member = findRecordMember(rt.program, self.type, key);
  if (!member || member.field)
    throw rt.error("SObjectException", `Invalid relationship ${key} for ${self.object.name}`);
  return self.fields.get(member.key) ?? null;
}

const clone = (
  self: SObjectValue,
  ids = false,
  deep = false,
  times = false,
  auto = false,
): SObjectValue => copyRecord(self, { ids, deep, timestamps: times, autonumbers: auto });

addMembers(sobjectType.info, {
  "Object get(String field)": (rt, self: SObjectValue, field: Value) => get(rt, self, field),
  "Object get(Schema.SObjectField field)": (rt, self: SObjectValue, field: Value) =>
    get(rt, self, field),
  "Object put(String field, Object? value)": (rt, self: SObjectValue, field: Value, value: Value) =>
    put(rt, self, field, value),
  "Object put(Schema.SObjectField field, Object? value)": (
    rt,
    self: SObjectValue,
    field: Value,
    value: Value,
  ) => put(rt, self, field, value),
  "SObject getSObject(String relationship)": (rt, self: SObjectValue, name: Value) =>
    related(rt, self, name),
  "SObject getSObject(Schema.SObjectField field)": (rt, self: SObjectValue, name: Value) =>
    related(rt, self, name),
  "List<SObject> getSObjects(String relationship)": (rt, self: SObjectValue, name: Value) =>
    related(rt, self, name),
  "SObject putSObject(String relationship, SObject? record)": (
    rt,
    self: SObjectValue,
    name: string,
    record: Value,
  ) => {
    const member = findRecordMember(rt.program, self.type, name);
    if (!member?.parent)
      throw rt.error("SObjectException", `Invalid relationship ${name} for ${self.object.name}`);
    self.fields.set(member.key, record);
    return null;
  },
  "Schema.SObjectType getSObjectType()": (_rt, self: SObjectValue) => sobjectTypeToken(self.info),
  "Map<String, Object> getPopulatedFieldsAsMap()": (rt, self: SObjectValue) =>
    new MapValue(
      stringType,
      objectType,
      [...self.fields]
        .filter(([, value]) => value !== null)
        .map(([key, value]) => [findRecordMember(rt.program, self.type, key)?.name ?? key, value]),
    ),
  "Boolean isSet(String field)": (rt, self: SObjectValue, field: Value) =>
    self.fields.has(memberOf(rt, self, field).key),
  "Boolean isSet(Schema.SObjectField field)": (rt, self: SObjectValue, field: Value) =>
    self.fields.has(memberOf(rt, self, field).key),
  "SObject clone()": (_rt, self: SObjectValue) => clone(self),
  "SObject clone(Boolean ids)": (_rt, self: SObjectValue, ids: boolean) => clone(self, ids),
  "SObject clone(Boolean ids, Boolean deep)": (
    _rt,
    self: SObjectValue,
    ids: boolean,
    deep: boolean,
  ) => clone(self, ids, deep),
  "SObject clone(Boolean ids, Boolean deep, Boolean times)": (
    _rt,
    self: SObjectValue,
    ids: boolean,
    deep: boolean,
    times: boolean,
  ) => clone(self, ids, deep, times),
  "SObject clone(Boolean ids, Boolean deep, Boolean times, Boolean auto)": (
    _rt,
    self: SObjectValue,
    ids: boolean,
    deep: boolean,
    times: boolean,
    auto: boolean,
  ) => clone(self, ids, deep, times, auto),
  "void addError(String? message)": (_rt, self: SObjectValue, message: Value) => {
    addRecordError(self, message, null);
  },
  "void addError(String? message, Boolean escape)": (_rt, self: SObjectValue, message: Value) => {
    addRecordError(self, message, null);
  },
  "void addError(Exception? cause)": (_rt, self: SObjectValue, cause: Value) => {
    addRecordError(self, cause, null);
  },
  "void addError(String field, String? message)": (
    rt,
    self: SObjectValue,
    field: Value,
    message: Value,
  ) => {
    addRecordError(self, message, memberOf(rt, self, field).name);
  },
  "void addError(Schema.SObjectField field, String? message)": (
    rt,
    self: SObjectValue,
    field: Value,
    message: Value,
  ) => {
    addRecordError(self, message, memberOf(rt, self, field).name);
  },
  "Boolean hasErrors()": (_rt, self: SObjectValue) => self.errors.length > 0,
  "List<Database.Error> getErrors()": (_rt, self: SObjectValue) =>
    errorList(
      self.errors.map((error) => ({
        statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        message: error.message,
        fields: error.field === null ? [] : [error.field],
      })),
    ),
});
