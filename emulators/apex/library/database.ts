/** Database: DML with results, dynamic queries, savepoints. */
import { runDynamicQuery } from "../query/dynamic.ts";
import type { AccessMode, WriteOperation } from "../ports.ts";
import { recordsOf, runDml } from "../run/dml.ts";
import type { Runtime } from "../run/runtime.ts";
import type { TypeInfo } from "../types/type.ts";
import { ListValue, type MapValue } from "../values/collections.ts";
import type { EnumValue } from "../values/value.ts";
import { NativeValue } from "../values/native-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { databaseInfo } from "./database-class.ts";
import {
  deleteResultInfo,
  resultValue,
  saveResultInfo,
  undeleteResultInfo,
  upsertResultInfo,
} from "./database-results.ts";
import {
  addMembers,
  libraryClass,
  type LibraryFunction,
  type Members,
} from "../intrinsics/define.ts";
import { libraryEnum } from "../intrinsics/enum.ts";
import type { SObjectFieldToken } from "../intrinsics/tokens.ts";

libraryEnum("AccessLevel", ["USER_MODE", "SYSTEM_MODE"]);
const savepointInfo = libraryClass("Savepoint", {});
export function accessMode(level: EnumValue): AccessMode {
  return level.name === "USER_MODE" ? "user" : "system";
}

interface Call {
  readonly target: Value;
  readonly allOrNone: boolean;
  readonly mode: AccessMode;
  readonly externalIdField?: string;
}

function write(rt: Runtime, operation: WriteOperation, info: TypeInfo, call: Call): Value {
  const results = runDml(rt, recordsOf(rt, call.target), {
    operation,
    allOrNone: call.allOrNone,
    mode: call.mode,
    externalIdField: call.externalIdField ?? "Id",
  }).map((result) => resultValue(info, result));
  return call.target instanceof ListValue
    ? new ListValue(info.of(), results)
    : (results[0] ?? null);
}

/** Each operation for one record and for lists, with and without allOrNone and access level. */
function operations(): Members {
  const members: Record<string, LibraryFunction> = {};
  const kinds: readonly [WriteOperation, TypeInfo][] = [
    ["insert", saveResultInfo],
    ["update", saveResultInfo],
    ["delete", deleteResultInfo],
    ["undelete", undeleteResultInfo],
  ];
  for (const [operation, info] of kinds) {
    const name = info.qualifiedName;
    for (const [target, result] of [
      ["SObject", name],
      ["List<SObject>", `List<${name}>`],
    ] as const) {
      const head = `static ${result} ${operation}(${target} rows`;
      members[`${head})`] = (rt, rows: Value) =>
        write(rt, operation, info, { target: rows, allOrNone: true, mode: "system" });
      members[`${head}, Boolean allOrNone)`] = (rt, rows: Value, allOrNone: boolean) =>
        write(rt, operation, info, { target: rows, allOrNone, mode: "system" });
      members[`${head}, AccessLevel level)`] = (rt, rows: Value, level: EnumValue) =>
        write(rt, operation, info, { target: rows, allOrNone: true, mode: accessMode(level) });
      members[`${head}, Boolean allOrNone, AccessLevel level)`] = (
        rt,
        rows: Value,
        allOrNone: boolean,
        level: EnumValue,
      ) => write(rt, operation, info, { target: rows, allOrNone, mode: accessMode(level) });
    }
  }
  return members;
}

/** Upsert also takes the external id field. */
function upserts(): Members {
  const members: Record<string, LibraryFunction> = {};
  const upsert = (rt: Runtime, call: Call): Value => write(rt, "upsert", upsertResultInfo, call);
  for (const [target, result] of [
    ["SObject", "Database.UpsertResult"],
    ["List<SObject>", "List<Database.UpsertResult>"],
  ] as const) {
    const head = `static ${result} upsert(${target} rows`;
    members[`${head})`] = (rt, rows: Value) =>
      upsert(rt, { target: rows, allOrNone: true, mode: "system" });
    members[`${head}, Boolean allOrNone)`] = (rt, rows: Value, allOrNone: boolean) =>
      upsert(rt, { target: rows, allOrNone, mode: "system" });
    members[`${head}, AccessLevel level)`] = (rt, rows: Value, level: EnumValue) =>
      upsert(rt, { target: rows, allOrNone: true, mode: accessMode(level) });
    members[`${head}, Schema.SObjectField field)`] = (rt, rows: Value, field: SObjectFieldToken) =>
      upsert(rt, {
        target: rows,
        allOrNone: true,
        mode: "system",
        externalIdField: field.field.name,
      });
    members[`${head}, Schema.SObjectField field, Boolean allOrNone)`] = (
      rt,
      rows: Value,
      field: SObjectFieldToken,
      allOrNone: boolean,
    ) => upsert(rt, { target: rows, allOrNone, mode: "system", externalIdField: field.field.name });
    members[`${head}, Schema.SObjectField field, Boolean allOrNone, AccessLevel level)`] = (
      rt,
      rows: Value,
      field: SObjectFieldToken,
      allOrNone: boolean,
      level: EnumValue,
    ) =>
      upsert(rt, {
        target: rows,
        allOrNone,
        mode: accessMode(level),
        externalIdField: field.field.name,
      });
  }
  return members;
}

/** Records of Ids, for `Database.delete(ids)`. */
function recordsOfIds(rt: Runtime, ids: ListValue): ListValue {
  const items = ids.items.map((id) => {
    const info = typeof id === "string" ? rt.program.sobjectByPrefix(id.slice(0, 3)) : null;
    if (!info) throw rt.error("TypeException", `Invalid id: ${textOf(id)}`);
    const record = new SObjectValue(info);
    record.fields.set("id", id);
    return record;
  });
  return new ListValue(items[0]?.type ?? ids.element, items);
}

addMembers(databaseInfo, {
  ...operations(),
  ...upserts(),
  "static List<Database.DeleteResult> delete(List<Id> ids)": (rt, ids: ListValue) =>
    write(rt, "delete", deleteResultInfo, {
      target: recordsOfIds(rt, ids),
      allOrNone: true,
      mode: "system",
    }),
  "static List<Database.DeleteResult> delete(List<Id> ids, Boolean allOrNone)": (
    rt,
    ids: ListValue,
    allOrNone: boolean,
  ) =>
    write(rt, "delete", deleteResultInfo, {
      target: recordsOfIds(rt, ids),
      allOrNone,
      mode: "system",
    }),
  "static List<SObject> query(String text)": (rt, text: string, binds: MapValue) =>
    runDynamicQuery(rt, text, binds, "system"),
  "static List<SObject> query(String text, AccessLevel level)": (
    rt,
    text: string,
    level: EnumValue,
    binds: MapValue,
  ) => runDynamicQuery(rt, text, binds, accessMode(level)),
  "static Savepoint setSavepoint()": (rt) => {
    rt.count("dmlStatements");
    const data = { point: rt.transaction.savepoint(), jobs: rt.async.mark() };
    return new NativeValue(savepointInfo.of(), data);
  },
  "static void rollback(Savepoint savepoint)": (
    rt,
    savepoint: NativeValue<{ point: unknown; jobs: number }>,
  ) => {
    rt.count("dmlStatements");
    rt.transaction.rollback(savepoint.data.point);
    rt.async.rollback(savepoint.data.jobs);
  },
});
