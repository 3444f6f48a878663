/** `getAll`, `getInstance` and friends of custom metadata types. */
import { QueryProblem, readShape } from "../query/shape.ts";
import { recordsOfAnswer } from "../query/rows.ts";
import type { Runtime } from "../run/runtime.ts";
import { stringType } from "../types/builtin.ts";
import type { TypeInfo } from "../types/type.ts";
import { MapValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { addMembers, linkLibrary } from "../intrinsics/define.ts";

/** All rows with all fields, by developer name; no query is counted. */
function rows(rt: Runtime, info: TypeInfo): SObjectValue[] {
  const names = [...(info.object?.fields.values() ?? [])].map((field) => field.name);
  const soql = `SELECT ${names.join(", ")} FROM ${info.name}`;
  try {
    readShape(rt.program, soql);
  } catch (error) {
    if (error instanceof QueryProblem) throw rt.error("QueryException", error.message);
    throw error;
  }
  const answer = rt.transaction.query(soql, rt.userId, {
    mode: "system",
    sharing: false,
    includeDeleted: false,
  });
  return recordsOfAnswer(rt, answer, info.of()).items.filter(
    (row): row is SObjectValue => row instanceof SObjectValue,
  );
}

function find(rt: Runtime, info: TypeInfo, matches: (row: SObjectValue) => boolean): Value {
  return rows(rt, info).find(matches) ?? null;
}

export function addCustomMetadataMembers(info: TypeInfo): void {
  if (!info.name.endsWith("__mdt")) return;
  const same = (row: SObjectValue, field: string, text: string): boolean => {
    const value = row.fields.get(field);
    return typeof value === "string" && value.toLowerCase() === text.toLowerCase();
  };
  addMembers(info, {
    "static Map<String, Self> getAll()": (rt) =>
      new MapValue(
        stringType,
        info.of(),
        rows(rt, info).map((row) => [row.fields.get("developername") ?? null, row]),
      ),
    "static Self getInstance(String name)": (rt, name: string) =>
      find(rt, info, (row) => same(row, "developername", name) || row.id === name),
    "static Self getInstance(Id id)": (rt, id: string) => find(rt, info, (row) => row.id === id),
  });
  linkLibrary();
}
