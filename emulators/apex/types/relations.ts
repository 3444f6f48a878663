/** Which type fits where: inheritance, implicit conversion, and how near a fit is. */
import {
  booleanType,
  dateType,
  datetimeType,
  decimalType,
  doubleType,
  idType,
  integerType,
  iterableInfo,
  listInfo,
  longType,
  mapInfo,
  nullType,
  objectType,
  setInfo,
  sobjectType,
  stringType,
  voidType,
} from "./builtin.ts";
import { type ApexType, substitute, type TypeInfo } from "./type.ts";

const numericRank = new Map<ApexType, number>([
  [integerType, 1],
  [longType, 2],
  [doubleType, 3],
  [decimalType, 4],
]);

export function isNumeric(type: ApexType): boolean {
  return numericRank.has(type);
}

/** The wider of two numeric types: what arithmetic on them gives. */
export function widerNumeric(left: ApexType, right: ApexType): ApexType {
  return (numericRank.get(left) ?? 0) >= (numericRank.get(right) ?? 0) ? left : right;
}

export function isSObject(type: ApexType): boolean {
  return type.info.form === "sobject";
}

export function isText(type: ApexType): boolean {
  return type === stringType || type === idType;
}

/** The type itself, then what it extends and implements, nearest first. */
export function* ancestors(type: ApexType): Generator<ApexType> {
  yield type;
  const { superType, interfaces } = type.info;
  if (superType) yield* ancestors(substitute(superType, type));
  for (const contract of interfaces) yield* ancestors(substitute(contract, type));
}

export function isSubtype(type: ApexType, of: ApexType): boolean {
  if (type === of) return true;
  if (of === objectType) return type !== voidType;
  for (const ancestor of ancestors(type)) if (ancestor === of) return true;
  return false;
}

export function extendsInfo(type: ApexType, info: TypeInfo): ApexType | null {
  for (const ancestor of ancestors(type)) if (ancestor.info === info) return ancestor;
  return null;
}

/**
 * How far an implicit conversion goes: 0 the same type, more for a wider one, null when Apex
 * refuses it. Overload resolution takes the nearest.
 */
export function conversionDistance(from: ApexType, to: ApexType): number | null {
  if (from === to) return 0;
  if (from === voidType || to === voidType) return null;
  if (from === nullType) return to === objectType ? 1 : 0;
  const fromRank = numericRank.get(from);
  const toRank = numericRank.get(to);
  if (fromRank !== undefined && toRank !== undefined) {
    if (fromRank < toRank) return toRank - fromRank;
    // A Decimal is taken as a Double where one is expected.
    return from === decimalType && to === doubleType ? 10 : null;
  }
  if (isText(from) && isText(to)) return 1;
  if (from === dateType && to === datetimeType) return 1;
  if (to === objectType) return 20;
  if (isSObject(from) && to === sobjectType) return 2;
  const collection = collectionDistance(from, to);
  if (collection !== null) return collection;
  let distance = 0;
  for (const ancestor of ancestors(from)) {
    if (ancestor === to) return distance;
    distance += 1;
  }
  return null;
}

function collectionDistance(from: ApexType, to: ApexType): number | null {
  if (to.info === iterableInfo && (from.info === listInfo || from.info === setInfo))
    return elementDistance(from.arg(0), to.arg(0), true);
  if (from.info !== to.info) return null;
  if (to.info === listInfo) return elementDistance(from.arg(0), to.arg(0), true);
  if (to.info === setInfo) return elementDistance(from.arg(0), to.arg(0), false);
  if (to.info === mapInfo) {
    const keys = elementDistance(from.arg(0), to.arg(0), false);
    const values = elementDistance(from.arg(1), to.arg(1), false);
    return keys === null || values === null ? null : keys + values + 1;
  }
  return null;
}

/** Lists are covariant in Apex; sets and maps only between sObject types and Id and String. */
function elementDistance(from: ApexType, to: ApexType, covariant: boolean): number | null {
  if (from === to) return 0;
  if (isSObject(from) && isSObject(to))
    return from === sobjectType || to === sobjectType ? 1 : null;
  if (isText(from) && isText(to)) return 1;
  if (!covariant || isNumeric(from) !== isNumeric(to)) {
    return covariant && to === objectType ? 3 : null;
  }
  if (isNumeric(from)) return null;
  return isSubtype(from, to) ? 1 : null;
}

export function isAssignable(from: ApexType, to: ApexType): boolean {
  return conversionDistance(from, to) !== null;
}

/** Whether `(to) value` can ever succeed; what cannot is an error at load. */
export function isCastable(from: ApexType, to: ApexType): boolean {
  if (isAssignable(from, to) || isAssignable(to, from)) return true;
  if (from === objectType || to === objectType) return true;
  if (isNumeric(from) && isNumeric(to)) return true;
  if (from === booleanType || to === booleanType) return false;
  if (from.info === to.info && from.args.length > 0)
    return from.args.every((arg, index) => isCastable(arg, to.arg(index)));
  return from.info.form === "interface" || to.info.form === "interface";
}
