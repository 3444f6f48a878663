/** Schema.DescribeFieldResult, DisplayType, PicklistEntry. */
import type { FieldDescribe, PicklistEntry } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import type { TypeInfo } from "../types/type.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import { NativeValue } from "../values/native-value.ts";
import { ApexValue } from "../values/value.ts";
import { addMembers, libraryClass } from "./define.ts";
import { enumConstant, libraryEnum } from "./enum.ts";
import { sobjectTypeToken, sobjectTypeTokenInfo } from "./tokens.ts";

const displayTypes = [
  "ADDRESS",
  "ANYTYPE",
  "BASE64",
  "BOOLEAN",
  "COMBOBOX",
  "CURRENCY",
  "DATE",
  "DATETIME",
  "DOUBLE",
  "EMAIL",
  "ENCRYPTEDSTRING",
  "ID",
  "INTEGER",
  "LONG",
  "MULTIPICKLIST",
  "PERCENT",
  "PHONE",
  "PICKLIST",
  "REFERENCE",
  "STRING",
  "TEXTAREA",
  "TIME",
  "URL",
] as const;
const displayTypeInfo = libraryEnum("DisplayType", displayTypes, { namespace: "Schema" });

const describeFieldInfo = libraryClass("DescribeFieldResult", {}, { namespace: "Schema" });
const picklistEntryInfo = libraryClass("PicklistEntry", {}, { namespace: "Schema" });

export class DescribeFieldValue extends ApexValue {
  readonly object: TypeInfo;
  readonly field: FieldDescribe;

  constructor(object: TypeInfo, field: FieldDescribe) {
    super();
    this.object = object;
    this.field = field;
  }

  get type(): ApexType {
    return describeFieldInfo.of();
  }
}

export function describeFieldOf(object: TypeInfo, field: FieldDescribe): DescribeFieldValue {
  return new DescribeFieldValue(object, field);
}

function access(rt: Runtime, self: DescribeFieldValue): { read: boolean; edit: boolean } {
  return rt.platform.access.field(rt.userId, self.object.name, self.field.name);
}

addMembers(describeFieldInfo, {
  "String getLabel()": (_rt, self: DescribeFieldValue) => self.field.label,
  "Integer getLength()": (_rt, self: DescribeFieldValue) => self.field.length,
  "String getName()": (_rt, self: DescribeFieldValue) => self.field.name,
  "List<Schema.PicklistEntry> getPicklistValues()": (_rt, self: DescribeFieldValue) =>
    new ListValue(
      picklistEntryInfo.of(),
      self.field.picklistValues.map((entry) => new NativeValue(picklistEntryInfo.of(), entry)),
    ),
  "Integer getPrecision()": (_rt, self: DescribeFieldValue) => self.field.precision,
  "List<Schema.SObjectType> getReferenceTo()": (rt, self: DescribeFieldValue) =>
    new ListValue(
      sobjectTypeTokenInfo.of(),
      self.field.referenceTo.flatMap((name) => {
        const info = rt.program.sobject(name);
        return info ? [sobjectTypeToken(info)] : [];
      }),
    ),
  "Integer getScale()": (_rt, self: DescribeFieldValue) => self.field.scale,
  "Schema.DisplayType getType()": (_rt, self: DescribeFieldValue) => {
    const name = self.field.type.toUpperCase();
    return enumConstant(displayTypeInfo, name === "INT" ? "INTEGER" : name);
  },
  "Boolean isAccessible()": (rt, self: DescribeFieldValue) => access(rt, self).read,
  "Boolean isCreateable()": (rt, self: DescribeFieldValue) =>
    self.field.createable && access(rt, self).edit,
  "Boolean isUpdateable()": (rt, self: DescribeFieldValue) =>
    self.field.updateable && access(rt, self).edit,
  // No field here is numbered by itself.
  "Boolean isAutoNumber()": () => false,
  "Boolean isCalculated()": (_rt, self: DescribeFieldValue) => self.field.calculated,
  "Boolean isCustom()": (_rt, self: DescribeFieldValue) => self.field.custom,
  "Boolean isDefaultedOnCreate()": (_rt, self: DescribeFieldValue) => self.field.defaultedOnCreate,
  "Boolean isDependentPicklist()": (_rt, self: DescribeFieldValue) => self.field.dependentPicklist,
  "Boolean isHtmlFormatted()": (_rt, self: DescribeFieldValue) => self.field.htmlFormatted,
  "Boolean isNillable()": (_rt, self: DescribeFieldValue) => self.field.nillable,
  "Boolean isPermissionable()": (_rt, self: DescribeFieldValue) =>
    self.field.custom || (self.field.createable && self.field.nillable),
  "Boolean isUnique()": (_rt, self: DescribeFieldValue) => self.field.unique,
});

addMembers(picklistEntryInfo, {
  "String getLabel()": (_rt, self: NativeValue<PicklistEntry>) => self.data.label,
  "String getValue()": (_rt, self: NativeValue<PicklistEntry>) => self.data.value,
  "Boolean isActive()": (_rt, self: NativeValue<PicklistEntry>) => self.data.active,
});
