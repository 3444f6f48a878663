/** Reading and writing one field of a record in memory. */
import type { SourcePosition } from "../errors.ts";
import type { Runtime } from "../run/runtime.ts";
import { ListValue } from "../values/collections.ts";
import type { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import type { RecordMember } from "../program/record-member.ts";
import { compileError } from "./typed.ts";

/** Reads what the query selected; anything else is the SObjectException Apex gives. */
export function readRecordField(
  member: RecordMember,
): (rt: Runtime, record: SObjectValue) => Value {
  const { key, name, field, parent, type } = member;
  // A checkbox has no blank: a new record's is false.
  const missing: Value = field?.type === "boolean" ? false : null;
  const isChildList = !field && !parent && key !== "id";
  return (rt, record) => {
    const value = record.fields.get(key);
    if (value !== undefined) return value ?? missing;
    if (record.selected && !record.selected.has(key) && key !== "id") {
      if (parent) return null;
      throw rt.error(
        "SObjectException",
        `SObject row was retrieved via SOQL without querying the requested field: ${record.object.name}.${name}`,
      );
    }
    return isChildList ? new ListValue(type.arg(0), []) : missing;
  };
}

export function writeRecordField(
  member: RecordMember,
  at: SourcePosition,
): (rt: Runtime, record: SObjectValue, value: Value) => void {
  const { key, name, field } = member;
  if (field && isReadOnly(field.name, field.calculated))
    throw compileError(at, `Field is not writeable: ${name}`);
  return (rt, record, value) => {
    if (record.readOnly) throw rt.error("FinalException", "Record is read-only");
    record.fields.set(key, value);
  };
}

/** System fields that Apex never lets code set. */
const systemFields = new Set([
  "createddate",
  "createdbyid",
  "lastmodifieddate",
  "lastmodifiedbyid",
  "systemmodstamp",
  "isdeleted",
]);

function isReadOnly(name: string, calculated: boolean): boolean {
  return calculated || systemFields.has(name.toLowerCase());
}
