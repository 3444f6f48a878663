/** Between a field's value and what its input shows and sends. */
import { fullName, type EventRow, type FieldRow, type Person } from "../entities.ts";
import { fieldKey } from "../entities.ts";
import { fieldTypes } from "../field-types.ts";
import { isList, isPerson } from "../values/field-value.ts";

/** What an input shows: a text, or the chosen values of a list. */
export type FormValue = string | readonly string[];

const checked = "yes";

export function formValue(field: FieldRow, event: EventRow | null): FormValue {
  if (field.type === "TEAM") return event?.teamId ?? "";
  const value = event?.values.get(fieldKey(field)) ?? null;
  if (isList(value)) return value;
  if (value === null) return field.type === "MULTISELECT" ? [] : "";
  if (isPerson(value)) return value.email;
  if (typeof value === "boolean") return value ? checked : "";
  return asSent(field, String(value));
}

/** A browser sends line ends as CRLF and drops them from one-line inputs. */
function asSent(field: FieldRow, text: string): string {
  const lines = text.replaceAll(/\r\n?/g, "\n");
  return fieldTypes[field.type].input === "area" ? lines : lines.replaceAll("\n", "");
}

/** What came from the input, in the form that `formValue` has. */
export function sentValue(field: FieldRow, sent: unknown): FormValue {
  const texts = (Array.isArray(sent) ? (sent as unknown[]) : [sent]).filter(
    (item) => typeof item === "string",
  );
  return field.type === "MULTISELECT" ? texts : asSent(field, texts[0] ?? "");
}

/** The attribute of an edit that says the same. */
export function attributeOf(field: FieldRow, value: FormValue): unknown {
  if (isFormList(value)) return value;
  if (field.type === "CHECKBOX") return value === checked;
  if (value === "") return null;
  if (field.type === "TEAM") return { id: value };
  return field.type === "PERSON" ? { email: value } : value;
}

export function sameFormValue(left: FormValue, right: FormValue): boolean {
  if (!isFormList(left) || !isFormList(right)) return left === right;
  return left.length === right.length && left.every((item) => right.includes(item));
}

export function isFormList(value: FormValue): value is readonly string[] {
  return typeof value !== "string";
}

/** How a person is offered in a list. */
export function personChoice(person: Person): string {
  return `${fullName(person)} (${person.email})`;
}
