/** Query answers to records in memory. */
import { aggregateResultInfo } from "../intrinsics/aggregate-result.ts";
import type { QueryAnswer, QueryRow } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import { apexValueOf, apexValueOfType } from "../run/field-values.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";

export function recordsOfAnswer(rt: Runtime, answer: QueryAnswer, element: ApexType): ListValue {
  const shapes = new Map<string, ReadonlySet<string>>();
  return new ListValue(
    element,
    answer.rows.map((row) => recordOf(rt, row, shapes)),
  );
}

/** Rows of one query select the same fields: the set of names is shared. */
function recordOf(
  rt: Runtime,
  row: QueryRow,
  shapes: Map<string, ReadonlySet<string>>,
): SObjectValue {
  const info =
    row.objectName === "AggregateResult" ? aggregateResultInfo : rt.program.sobject(row.objectName);
  if (!info?.object) throw new Error(`The query answered with ${row.objectName}, which is unknown`);
  const record = new SObjectValue(info);
  if (row.id !== null) record.fields.set("id", row.id);
  for (const field of row.fields)
    record.fields.set(field.name.toLowerCase(), valueOf(rt, record, field, shapes));
  const key = `${row.objectName}:${row.fields.map((field) => field.name).join()}`;
  let selected = shapes.get(key);
  if (!selected) {
    selected = new Set(row.fields.map((field) => field.name.toLowerCase()));
    shapes.set(key, selected);
  }
  record.selected = selected;
  return record;
}

function valueOf(
  rt: Runtime,
  record: SObjectValue,
  field: QueryRow["fields"][number],
  shapes: Map<string, ReadonlySet<string>>,
): Value {
  if ("related" in field) return field.related && recordOf(rt, field.related, shapes);
  if ("children" in field) {
    const items = field.children.map((child) => recordOf(rt, child, shapes));
    const name = record.object.childRelationships.find(
      (child) => child.relationshipName === field.name,
    )?.childSObject;
    const element = name === undefined ? null : rt.program.sobject(name);
    return new ListValue(element?.of() ?? record.type, items);
  }
  const described = record.object.fields.get(field.name.toLowerCase());
  return described ? apexValueOf(described, field.value) : apexValueOfType(field.type, field.value);
}
