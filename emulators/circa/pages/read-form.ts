/** Reads the form of an Event: which fields a person touched, and how. */
import type { Circa } from "../circa.ts";
import { fieldKey, type EventRow, type FieldRow } from "../entities.ts";
import type { ErrorEntry } from "../errors.ts";
import type { Attributes } from "../operations/plan-edit.ts";
import { inputName } from "./field-input.ts";
import { attributeOf, formValue, sameFormValue, sentValue, type FormValue } from "./form-value.ts";
import { valueInWords } from "./words.ts";

export type FormBody = Readonly<Record<string, unknown>>;

export interface EventForm {
  /** The edit that says what was touched. */
  readonly attributes: Attributes;
  /** What was typed into the touched fields, by key. */
  readonly typed: ReadonlyMap<string, FormValue>;
  /** Touched fields that another person changed since the page was made. */
  readonly overtaken: readonly ErrorEntry[];
}

export function readForm(circa: Circa, event: EventRow | null, body: FormBody): EventForm {
  const standard: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const typed = new Map<string, FormValue>();
  const overtaken: ErrorEntry[] = [];
  for (const field of circa.store.fieldsInOrder()) {
    const key = fieldKey(field);
    const was = readOriginal(body[`was.${key}`]);
    if (was === undefined) continue;
    const sent = sentValue(field, body[inputName(field)]);
    if (sameFormValue(sent, was)) continue;
    typed.set(key, sent);
    const current = formValue(field, event);
    if (!sameFormValue(current, was) && !sameFormValue(current, sent)) {
      overtaken.push({ field: key, code: "overtaken", message: overtakenWords(field, event) });
    }
    (field.fieldName === null ? custom : standard)[key] = attributeOf(field, sent);
  }
  return { attributes: { ...standard, custom_fields: custom }, typed, overtaken };
}

function overtakenWords(field: FieldRow, event: EventRow | null): string {
  const current = valueInWords(field, event?.values.get(fieldKey(field)) ?? null);
  return `Meanwhile another person changed this to “${current}”. Save again to put yours in its place.`;
}

function readOriginal(given: unknown): FormValue | undefined {
  if (typeof given !== "string") return undefined;
  try {
    const read: unknown = JSON.parse(given);
    if (typeof read === "string") return read;
    return Array.isArray(read) ? read.map(String) : undefined;
  } catch {
    return undefined;
  }
}
