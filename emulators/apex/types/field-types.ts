import type { FieldDescribe } from "../ports.ts";
import {
  blobType,
  booleanType,
  dateType,
  datetimeType,
  decimalType,
  idType,
  integerType,
  objectType,
  stringType,
  timeType,
} from "./builtin.ts";
import type { ApexType } from "./type.ts";

const byType: Readonly<Record<string, ApexType>> = {
  boolean: booleanType,
  int: integerType,
  double: decimalType,
  currency: decimalType,
  percent: decimalType,
  date: dateType,
  datetime: datetimeType,
  time: timeType,
  id: idType,
  reference: idType,
  base64: blobType,
  anytype: objectType,
};

/** The Apex type of a field; texts and picklists are Strings. */
export function fieldApexType(field: FieldDescribe): ApexType {
  // Relationships of custom metadata hold API names, which are no Ids.
  if (field.type === "reference" && field.referenceTo.some((name) => name.endsWith("Definition")))
    return stringType;
  return byType[field.type.toLowerCase()] ?? stringType;
}
