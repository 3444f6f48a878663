/** The `Trigger` class: context variables, all false and null outside of triggers. */
import type { Runtime } from "../run/runtime.ts";
import type { TriggerOperation, TriggerTiming } from "../ports.ts";
import { libraryClass } from "./define.ts";
import { enumConstant, libraryEnum } from "./enum.ts";

const operationInfo = libraryEnum("TriggerOperation", [
  "BEFORE_INSERT",
  "BEFORE_UPDATE",
  "BEFORE_DELETE",
  "AFTER_INSERT",
  "AFTER_UPDATE",
  "AFTER_DELETE",
  "AFTER_UNDELETE",
]);

const operation = (rt: Runtime, wanted: TriggerOperation): boolean =>
  rt.trigger?.operation === wanted;
const timing = (rt: Runtime, wanted: TriggerTiming): boolean => rt.trigger?.timing === wanted;

export const triggerInfo = libraryClass("Trigger", {
  "static Boolean isExecuting": (rt) => rt.trigger !== null,
  "static Boolean isInsert": (rt) => operation(rt, "insert"),
  "static Boolean isUpdate": (rt) => operation(rt, "update"),
  "static Boolean isDelete": (rt) => operation(rt, "delete"),
  "static Boolean isUndelete": (rt) => operation(rt, "undelete"),
  "static Boolean isBefore": (rt) => timing(rt, "before"),
  "static Boolean isAfter": (rt) => timing(rt, "after"),
  "static List<SObject> new": (rt) => rt.trigger?.newList ?? null,
  "static List<SObject> old": (rt) => rt.trigger?.oldList ?? null,
  "static Map<Id, SObject> newMap": (rt) => rt.trigger?.newMap ?? null,
  "static Map<Id, SObject> oldMap": (rt) => rt.trigger?.oldMap ?? null,
  "static Integer size": (rt) => rt.trigger?.size ?? null,
  "static TriggerOperation operationType": (rt) =>
    rt.trigger ? enumConstant(operationInfo, `${rt.trigger.timing}_${rt.trigger.operation}`) : null,
});
