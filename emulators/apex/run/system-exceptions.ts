import type { TypeInfo } from "../types/type.ts";

/** Exception classes of the System namespace that this engine raises or the package may name. */
export const systemExceptionNames = [
  "AssertException",
  "AsyncException",
  "AuraHandledException",
  "DmlException",
  "EmailException",
  "FinalException",
  "IllegalArgumentException",
  "InvalidParameterValueException",
  "JSONException",
  "LimitException",
  "ListException",
  "MathException",
  "NoSuchElementException",
  "NullPointerException",
  "QueryException",
  "SObjectException",
  "StringException",
  "TypeException",
] as const;
export type SystemExceptionName = (typeof systemExceptionNames)[number];

/** Filled by `library/exceptions.ts`. */
export const systemExceptions = new Map<SystemExceptionName, TypeInfo>();

export function systemException(name: SystemExceptionName): TypeInfo {
  const info = systemExceptions.get(name);
  if (!info) throw new Error(`No such system exception: ${name}`);
  return info;
}
