/** Schema.DescribeFieldResult, DisplayType, SoapType, PicklistEntry. */
import type { FieldDescribe, PicklistEntry } from "../../ports.ts";
import type { Runtime } from "../../run/runtime.ts";
import type { TypeInfo } from "../../types/type.ts";
import type { ApexType } from "../../types/type.ts";
import { ListValue } from "../../values/collections.ts";
import { NativeValue } from "../../values/native-value.ts";
import { ApexValue } from "../../values/value.ts";
import { addMembers, libraryClass } from "../define.ts";
import { enumConstant, libraryEnum } from "../enum.ts";
import { sobjectFieldToken, sobjectTypeToken, sobjectTypeTokenInfo } from "./tokens.ts";

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
const soapTypes = [
  "ANYTYPE",
  "BASE64BINARY",
  "BOOLEAN",
  "DATE",
  "DATETIME",
  "DOUBLE",
  "ID",
  "INTEGER",
  "STRING",
  "TIME",
] as const;

const displayTypeInfo = libraryEnum("DisplayType", displayTypes, { namespace: "Schema" });
const soapTypeInfo = libraryEnum("SoapType", soapTypes, { namespace: "Schema" });

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

const soapByType: Readonly<Record<string, (typeof soapTypes)[number]>> = {
  id: "ID",
  reference: "ID",
  boolean: "BOOLEAN",
  int: "INTEGER",
  double: "DOUBLE",
  currency: "DOUBLE",
  percent: "DOUBLE",
  date: "DATE",
  datetime: "DATETIME",
  time: "TIME",
  base64: "BASE64BINARY",
  anytype: "ANYTYPE",
};

addMembers(describeFieldInfo, {
  "Integer getByteLength()": (_rt, self: DescribeFieldValue) => self.field.length * 3,
  "Integer getDigits()": (_rt, self: DescribeFieldValue) => self.field.digits,
  "String getInlineHelpText()": (_rt, self: DescribeFieldValue) => self.field.inlineHelpText,
  "String getLabel()": (_rt, self: DescribeFieldValue) => self.field.label,
  "Integer getLength()": (_rt, self: DescribeFieldValue) => self.field.length,
  "String getLocalName()": (_rt, self: DescribeFieldValue) => self.field.name,
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
  "String getRelationshipName()": (_rt, self: DescribeFieldValue) => self.field.relationshipName,
  "Integer getScale()": (_rt, self: DescribeFieldValue) => self.field.scale,
  "Schema.SoapType getSoapType()": (_rt, self: DescribeFieldValue) =>
    enumConstant(soapTypeInfo, soapByType[self.field.type.toLowerCase()] ?? "STRING"),
  "Schema.SObjectField getSObjectField()": (_rt, self: DescribeFieldValue) =>
    sobjectFieldToken(self.object, self.field),
  "Schema.SObjectType getSObjectType()": (_rt, self: DescribeFieldValue) =>
    sobjectTypeToken(self.object),
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
  "Boolean isCaseSensitive()": (_rt, self: DescribeFieldValue) => self.field.caseSensitive,
  "Boolean isCustom()": (_rt, self: DescribeFieldValue) => self.field.custom,
  "Boolean isDefaultedOnCreate()": (_rt, self: DescribeFieldValue) => self.field.defaultedOnCreate,
  "Boolean isDependentPicklist()": (_rt, self: DescribeFieldValue) => self.field.dependentPicklist,
  "Boolean isExternalID()": (_rt, self: DescribeFieldValue) => self.field.externalId,
  "Boolean isFilterable()": (_rt, self: DescribeFieldValue) => self.field.filterable,
  "Boolean isHtmlFormatted()": (_rt, self: DescribeFieldValue) => self.field.htmlFormatted,
  "Boolean isIdLookup()": (_rt, self: DescribeFieldValue) =>
    self.field.externalId || self.field.type === "id",
  "Boolean isNameField()": (_rt, self: DescribeFieldValue) => self.field.nameField,
  "Boolean isNillable()": (_rt, self: DescribeFieldValue) => self.field.nillable,
  "Boolean isPermissionable()": (_rt, self: DescribeFieldValue) =>
    self.field.custom || (self.field.createable && self.field.nillable),
  "Boolean isRestrictedPicklist()": (_rt, self: DescribeFieldValue) =>
    self.field.restrictedPicklist,
  "Boolean isSortable()": (_rt, self: DescribeFieldValue) => self.field.sortable,
  "Boolean isUnique()": (_rt, self: DescribeFieldValue) => self.field.unique,
});

addMembers(picklistEntryInfo, {
  "String getLabel()": (_rt, self: NativeValue<PicklistEntry>) => self.data.label,
  "String getValue()": (_rt, self: NativeValue<PicklistEntry>) => self.data.value,
  "Boolean isActive()": (_rt, self: NativeValue<PicklistEntry>) => self.data.active,
  "Boolean isDefaultValue()": (_rt, self: NativeValue<PicklistEntry>) => self.data.defaultValue,
});
