/** Schema.DescribeSObjectResult, its fields, Schema.getGlobalDescribe. */
import type { ObjectDescribe } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import { stringType } from "../types/builtin.ts";
import { MapValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { NativeValue } from "../values/native-value.ts";
import { addMembers, libraryClass } from "./define.ts";
import { describeFieldOf } from "./describe-field.ts";
import type { SObjectFieldToken, SObjectTypeToken } from "./tokens.ts";
import {
  sobjectFieldToken,
  sobjectFieldTokenInfo,
  sobjectTypeToken,
  sobjectTypeTokenInfo,
} from "./tokens.ts";

function object(token: SObjectTypeToken): ObjectDescribe {
  if (!token.info.object) throw new Error(`${token.info.name} has no describe`);
  return token.info.object;
}

function access(
  rt: Runtime,
  token: SObjectTypeToken,
): ReturnType<typeof rt.platform.access.object> {
  return rt.platform.access.object(rt.userId, object(token).name);
}

/** A describe result is its token: describe has no state of its own. */
export const describeObjectInfo = libraryClass(
  "DescribeSObjectResult",
  {},
  { namespace: "Schema" },
);
export const describeObjectType = describeObjectInfo.of();
const fieldsInfo = libraryClass("SObjectTypeFields", {}, { namespace: "Schema" });
export const describeFieldsType = fieldsInfo.of();
const recordTypeInfo = libraryClass("RecordTypeInfo", {}, { namespace: "Schema" });

function fieldMap(token: SObjectTypeToken): MapValue {
  const entries = [...object(token).fields].map(([key, field]): [Value, Value] => [
    key,
    sobjectFieldToken(token.info, field),
  ]);
  return new FieldMap(stringType, sobjectFieldTokenInfo.of(), entries);
}

/** The map of `fields.getMap()` finds names in any case. */
class FieldMap extends MapValue {
  override get(key: Value): Value {
    return super.get(typeof key === "string" ? key.toLowerCase() : key);
  }
  override has(key: Value): boolean {
    return super.has(typeof key === "string" ? key.toLowerCase() : key);
  }
}

addMembers(fieldsInfo, {
  "Map<String, Schema.SObjectField> getMap()": (_rt, self: SObjectTypeToken) => fieldMap(self),
});

addMembers(describeObjectInfo, {
  "Schema.SObjectTypeFields fields": (_rt, self: SObjectTypeToken) => self,
  "String getKeyPrefix()": (_rt, self: SObjectTypeToken) => object(self).keyPrefix,
  "String getLabel()": (_rt, self: SObjectTypeToken) => object(self).label,
  "String getName()": (_rt, self: SObjectTypeToken) => object(self).name,
  "Boolean isAccessible()": (rt, self: SObjectTypeToken) => access(rt, self).read,
  "Boolean isCreateable()": (rt, self: SObjectTypeToken) =>
    object(self).createable && access(rt, self).create,
  "Boolean isUpdateable()": (rt, self: SObjectTypeToken) =>
    object(self).updateable && access(rt, self).edit,
  "Boolean isDeletable()": (rt, self: SObjectTypeToken) =>
    object(self).deletable && access(rt, self).delete,
  "Boolean isCustom()": (_rt, self: SObjectTypeToken) => object(self).custom,
  "Map<String, Schema.RecordTypeInfo> getRecordTypeInfosByDeveloperName()": (
    rt,
    self: SObjectTypeToken,
  ) => recordTypes(rt, self, "DeveloperName"),
  "Map<String, Schema.RecordTypeInfo> getRecordTypeInfosByName()": (rt, self: SObjectTypeToken) =>
    recordTypes(rt, self, "Name"),
});

interface RecordTypeData {
  readonly id: string;
  readonly name: string;
  readonly developerName: string;
  readonly active: boolean;
}

function recordTypes(
  rt: Runtime,
  token: SObjectTypeToken,
  key: "Name" | "DeveloperName",
): MapValue {
  const name = object(token).name;
  const { rows } = rt.transaction.query(
    `SELECT Id, Name, DeveloperName, IsActive FROM RecordType WHERE SobjectType = '${name}'`,
    rt.userId,
    { mode: "system", sharing: false, includeDeleted: false },
  );
  const entries = rows.map((row): [Value, Value] => {
    const values = new Map(row.fields.flatMap((f) => ("value" in f ? [[f.name, f.value]] : [])));
    const data: RecordTypeData = {
      id: row.id ?? "",
      name: String(values.get("Name")),
      developerName: String(values.get("DeveloperName")),
      active: values.get("IsActive") === true,
    };
    return [
      key === "Name" ? data.name : data.developerName,
      new NativeValue(recordTypeInfo.of(), data),
    ];
  });
  const master = {
    id: "012000000000000AAA",
    name: "Master",
    developerName: "Master",
    active: true,
  };
  return new MapValue(stringType, recordTypeInfo.of(), [
    ...entries,
    ["Master", new NativeValue(recordTypeInfo.of(), master)],
  ]);
}

addMembers(recordTypeInfo, {
  "Id getRecordTypeId()": (_rt, self: NativeValue<RecordTypeData>) => self.data.id,
  "String getName()": (_rt, self: NativeValue<RecordTypeData>) => self.data.name,
  "String getDeveloperName()": (_rt, self: NativeValue<RecordTypeData>) => self.data.developerName,
  "Boolean isActive()": (_rt, self: NativeValue<RecordTypeData>) => self.data.active,
});

export function tokenOf(rt: Runtime, name: string): SObjectTypeToken | null {
  const info = rt.program.sobject(name);
  return info ? sobjectTypeToken(info) : null;
}

addMembers(sobjectTypeTokenInfo, {
  "Schema.DescribeSObjectResult getDescribe()": (_rt, self: SObjectTypeToken) => self,
  "SObject newSObject()": (_rt, self: SObjectTypeToken) => new SObjectValue(self.info),
  "SObject newSObject(Id? id)": (_rt, self: SObjectTypeToken, id: string | null) => {
    const record = new SObjectValue(self.info);
    if (id !== null) record.fields.set("id", id);
    return record;
  },
});

addMembers(sobjectFieldTokenInfo, {
  "Schema.DescribeFieldResult getDescribe()": (_rt, self: SObjectFieldToken) =>
    describeFieldOf(self.object, self.field),
});

libraryClass(
  "Schema",
  {
    "static Map<String, Schema.SObjectType> getGlobalDescribe()": (rt) => {
      const entries = rt.platform.schema.objectNames().flatMap((name): [Value, Value][] => {
        const token = tokenOf(rt, name);
        return token ? [[name.toLowerCase(), token]] : [];
      });
      return new FieldMap(stringType, sobjectTypeTokenInfo.of(), entries);
    },
  },
  { namespace: "Schema" },
);
