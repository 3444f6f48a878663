/** Library types by name. `System` and `Schema` are searched without naming them, as in Apex. */
import {
  exceptionInfo,
  iterableInfo,
  iteratorInfo,
  listInfo,
  mapInfo,
  objectType,
  primitiveTypes,
  setInfo,
  sobjectType,
} from "./builtin.ts";
import type { TypeInfo } from "./type.ts";

const namespaces = new Map<string, Map<string, TypeInfo>>();

export function registerLibraryType(info: TypeInfo, namespace: string): void {
  const key = namespace.toLowerCase();
  const types = namespaces.get(key) ?? new Map<string, TypeInfo>();
  types.set(info.name.toLowerCase(), info);
  namespaces.set(key, types);
}

for (const type of [...primitiveTypes, objectType, sobjectType])
  registerLibraryType(type.info, "System");
for (const info of [listInfo, setInfo, mapInfo, iterableInfo, iteratorInfo, exceptionInfo])
  registerLibraryType(info, "System");

export function isLibraryNamespace(name: string): boolean {
  return namespaces.has(name.toLowerCase());
}

export function inLibraryNamespace(namespace: string, name: string): TypeInfo | null {
  return namespaces.get(namespace.toLowerCase())?.get(name.toLowerCase()) ?? null;
}

/** `String`, `Schema.SObjectType`, `Database.SaveResult`, `System.Database.Error`. */
export function findLibraryType(name: string): TypeInfo | null {
  const parts = name.split(".");
  const first = parts[0] ?? "";
  const plain = inLibraryNamespace("System", first) ?? inLibraryNamespace("Schema", first);
  const direct = plain && walkInner(plain, parts.slice(1));
  if (direct) return direct;
  const start = parts[1] === undefined ? null : inLibraryNamespace(first, parts[1]);
  return start && walkInner(start, parts.slice(2));
}

function walkInner(start: TypeInfo, names: readonly string[]): TypeInfo | null {
  let info: TypeInfo | null = start;
  for (const name of names) info = info?.inner.get(name.toLowerCase()) ?? null;
  return info;
}

/** Every type of the library, inner ones too. */
export function libraryTypes(): TypeInfo[] {
  const withInner = (info: TypeInfo): TypeInfo[] => [
    info,
    ...[...info.inner.values()].flatMap(withInner),
  ];
  return [...namespaces.values()].flatMap((types) => [...types.values()].flatMap(withInner));
}
