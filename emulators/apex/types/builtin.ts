/** The types the language itself knows. Their methods are added by `library/`. */
import type { ApexType } from "./type.ts";
import { TypeInfo } from "./type.ts";

function primitive(name: string): ApexType {
  return new TypeInfo(name, "primitive").of();
}

export const voidType = new TypeInfo("void", "void").of();
export const nullType = new TypeInfo("null", "null").of();
export const objectType = new TypeInfo("Object", "class").of();
export const booleanType = primitive("Boolean");
export const integerType = primitive("Integer");
export const longType = primitive("Long");
export const doubleType = primitive("Double");
export const decimalType = primitive("Decimal");
export const stringType = primitive("String");
export const idType = primitive("Id");
export const dateType = primitive("Date");
export const datetimeType = primitive("Datetime");
export const timeType = primitive("Time");
export const blobType = primitive("Blob");
export const sobjectType = new TypeInfo("SObject", "sobject").of();

export const iterableInfo = new TypeInfo("Iterable", "interface", { parameters: ["T"] });
export const iteratorInfo = new TypeInfo("Iterator", "interface", { parameters: ["T"] });
export const listInfo = new TypeInfo("List", "class", { parameters: ["T"] });
export const setInfo = new TypeInfo("Set", "class", { parameters: ["T"] });
export const mapInfo = new TypeInfo("Map", "class", { parameters: ["K", "V"] });

/** All exceptions descend from it; user exceptions get its constructors by themselves. */
export const exceptionInfo = new TypeInfo("Exception", "class");
exceptionInfo.virtual = true;
exceptionInfo.abstract = true;

export const primitiveTypes: readonly ApexType[] = [
  booleanType,
  integerType,
  longType,
  doubleType,
  decimalType,
  stringType,
  idType,
  dateType,
  datetimeType,
  timeType,
  blobType,
];

const typeParameters = new Map<string, ApexType>();

export function typeParameter(name: string): ApexType {
  let type = typeParameters.get(name);
  if (!type) {
    type = new TypeInfo(name, "parameter").of();
    typeParameters.set(name, type);
  }
  return type;
}

export function listOf(element: ApexType): ApexType {
  return listInfo.of(element);
}
export function setOf(element: ApexType): ApexType {
  return setInfo.of(element);
}
export function mapOf(key: ApexType, value: ApexType): ApexType {
  return mapInfo.of(key, value);
}
