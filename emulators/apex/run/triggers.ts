/** The package's triggers on saved records: rows in, `Trigger` variables, changes and errors out. */
import type { CompiledTrigger } from "../program/program.ts";
import type { TriggerInvocation, TriggerRow } from "../ports.ts";
import { idType } from "../types/builtin.ts";
import type { TypeInfo } from "../types/type.ts";
import { ListValue, MapValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import { whileActive } from "../values/active.ts";
import { ApexFatal, ApexThrow } from "./apex-throw.ts";
import { apexValueOf, fieldValueOf } from "./field-values.ts";
import type { Runtime } from "./runtime.ts";
import type { TriggerContext } from "./trigger-context.ts";

/** Triggers may set each other off this deep (Apex Developer Guide, "Static Apex Limits"). */
const maximumTriggerDepth = 16;

/**
 * Runs one trigger over one chunk.
 * @throws Error with the text Salesforce shows behind "caused by:" when the trigger threw
 */
export function fireTrigger(
  rt: Runtime,
  trigger: CompiledTrigger,
  invocation: TriggerInvocation,
): void {
  if (rt.triggers.length >= maximumTriggerDepth) throw new Error("maximum trigger depth exceeded");
  const info = rt.program.sobject(invocation.object);
  if (!info) throw new Error(`Unknown object: ${invocation.object}`);
  const records = invocation.rows.map((row) => recordsOf(info, row, invocation.timing === "after"));
  const context = contextOf(info, invocation, records);
  const before = rt.triggers;
  const frame = rt.frame;
  rt.triggers = [...before, context];
  try {
    whileActive(rt, () => trigger.run(rt));
  } catch (error) {
    throw explain(rt, error);
  } finally {
    rt.triggers = before;
    rt.frame = frame;
  }
  invocation.rows.forEach((row, index) => {
    const pair = records[index];
    if (!pair) return;
    if (invocation.timing === "before") writeBack(pair, row);
    reportErrors(pair, row);
  });
}

interface RecordPair {
  readonly old: SObjectValue | null;
  readonly next: SObjectValue | null;
}

function recordsOf(info: TypeInfo, row: TriggerRow, isAfter: boolean): RecordPair {
  const old = row.before ? recordOf(info, row.before) : null;
  const next = row.after ? recordOf(info, row.after) : null;
  if (old) old.readOnly = true;
  if (next && isAfter) next.readOnly = true;
  return { old, next };
}

function recordOf(info: TypeInfo, row: Readonly<Record<string, unknown>>): SObjectValue {
  const record = new SObjectValue(info);
  for (const [key, field] of record.object.fields) {
    const value = row[field.name] as string | number | boolean | null | undefined;
    if (value !== undefined && value !== null) record.fields.set(key, apexValueOf(field, value));
  }
  return record;
}

function contextOf(
  info: TypeInfo,
  invocation: TriggerInvocation,
  records: readonly RecordPair[],
): TriggerContext {
  const { timing, operation } = invocation;
  const type = info.of();
  const next = records.flatMap((pair) => (pair.next ? [pair.next] : []));
  // An undelete shows the records as new ones; they have no old state.
  const old =
    operation === "undelete" ? [] : records.flatMap((pair) => (pair.old ? [pair.old] : []));
  const hasNew = next.length > 0;
  const byId = (list: readonly SObjectValue[]): MapValue =>
    new MapValue(
      idType,
      type,
      list.map((record) => [record.id, record]),
    );
  const newHasIds = hasNew && !(timing === "before" && operation === "insert");
  return {
    timing,
    operation,
    newList: hasNew ? new ListValue(type, [...next], true) : null,
    oldList: old.length > 0 ? new ListValue(type, [...old], true) : null,
    newMap: newHasIds ? byId(next) : null,
    oldMap: old.length > 0 ? byId(old) : null,
    size: records.length,
  };
}

function writeBack(pair: RecordPair, row: TriggerRow): void {
  if (!pair.next || !row.after) return;
  for (const [key, value] of pair.next.fields) {
    const field = pair.next.object.fields.get(key);
    if (field && key !== "id") row.after[field.name] = fieldValueOf(value);
  }
}

function reportErrors(pair: RecordPair, row: TriggerRow): void {
  for (const record of [pair.next, pair.old]) {
    for (const error of record?.errors ?? [])
      row.addError({
        statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        message: error.message,
        fields: error.field === null ? [] : [error.field],
      });
  }
}

/** Keeps a limit for later: the platform's pipeline turns what is thrown here into row errors. */
function explain(rt: Runtime, error: unknown): unknown {
  // JavaScript's stack ends before Apex's does: the same limit, said in Apex's words.
  if (error instanceof RangeError)
    return new Error("System.LimitException: Maximum stack depth reached: 1001");
  if (error instanceof ApexFatal) rt.fatal = error;
  if (!(error instanceof ApexThrow)) return error;
  const [head = "", ...stack] = error.describe().split("\n");
  return new Error([head, "", ...stack].join("\n"));
}
