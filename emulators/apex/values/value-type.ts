import { normalizeId } from "./ids.ts";
import {
  booleanType,
  idType,
  integerType,
  listInfo,
  longType,
  objectType,
  stringType,
} from "../types/builtin.ts";
import { conversionDistance, isSObject, isSubtype } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import type { Value } from "./value.ts";

/** The type of a value as it runs; null has none. */
export function typeOfValue(value: Exclude<Value, null>): ApexType {
  switch (typeof value) {
    case "string":
      return stringType;
    case "number":
      return integerType;
    case "bigint":
      return longType;
    case "boolean":
      return booleanType;
    default:
      return value.type;
  }
}

/** `value instanceof type`, for values that are not null. */
export function valueIs(value: Exclude<Value, null>, type: ApexType): boolean {
  // A text that has the form of an Id counts as one, as on the platform.
  if (type === idType) return typeof value === "string" && normalizeId(value) !== null;
  const own = typeOfValue(value);
  if (isSubtype(own, type) || type === objectType) return true;
  if (isSObject(own) && isSObject(type)) return false;
  // List<SObject> holds what List<Campaign> holds; both directions are legal.
  if (own.info === type.info && own.args.length > 0) {
    if (own.info === listInfo && isSObject(own.arg(0)) && isSObject(type.arg(0))) return true;
    return conversionDistance(own, type) !== null;
  }
  return conversionDistance(own, type) !== null && own.info === type.info;
}
