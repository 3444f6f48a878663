/** Reads a value that came from outside into a field's own type, or says what is wrong with it. */
import type { FieldRow, FieldType, Person } from "../entities.ts";
import { readDate, readEmail, readPhone, readTime, readUrl } from "./text-formats.ts";
import { accept, refuse, type ReadResult } from "./read-result.ts";

/** What some types need to know beside the value. */
export interface ReadContext {
  /** IANA zone of the Event: a Time given for a Date is that zone's calendar day. */
  readonly timeZone: string;
  readonly personByEmail: (email: string) => Person | undefined;
  readonly personById: (id: string) => Person | undefined;
}

type Reader = (value: unknown, field: FieldRow, context: ReadContext) => ReadResult;

const maxTextLength = 255;
const maxLongTextLength = 131_072;

const wrongShape = (wanted: string) => refuse("invalid", `must be ${wanted}`);

const text =
  (maxLength: number): Reader =>
  (value) => {
    if (typeof value !== "string") return wrongShape("a text");
    if (value.length > maxLength) {
      return refuse("too_long", `must have at most ${maxLength} characters, has ${value.length}`);
    }
    return accept(value);
  };

const number: Reader = (value) => {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read)
    ? accept(read)
    : wrongShape("a number, such as 1250.5");
};

const checkbox: Reader = (value) =>
  typeof value === "boolean" ? accept(value) : wrongShape("true or false");

const notAnOption = (field: FieldRow, value: string) =>
  refuse(
    "not_an_option",
    `"${value}" is not among the options: ${field.options.join(", ") || "(none)"}`,
  );

const select: Reader = (value, field) => {
  if (typeof value !== "string") return wrongShape("one of the options");
  return field.options.includes(value) ? accept(value) : notAnOption(field, value);
};

const multiselect: Reader = (value, field) => {
  if (!Array.isArray(value)) return wrongShape("a list of options");
  const chosen: string[] = [];
  for (const item of value as unknown[]) {
    if (typeof item !== "string") return wrongShape("a list of options");
    if (!field.options.includes(item)) return notAnOption(field, item);
    if (!chosen.includes(item)) chosen.push(item);
  }
  return accept(chosen);
};

const person: Reader = (value, _field, context) => {
  const wanted = typeof value === "string" ? { email: value } : value;
  if (typeof wanted !== "object" || wanted === null) {
    return wrongShape('a person, such as { "email": "ada@example.com" }');
  }
  const { id, email } = wanted as { id?: unknown; email?: unknown };
  const found =
    typeof email === "string"
      ? context.personByEmail(email)
      : typeof id === "string"
        ? context.personById(id)
        : undefined;
  if (found) return accept(found);
  const name = typeof email === "string" ? email : JSON.stringify(id ?? null);
  return refuse("unknown_person", `${name} is not a person of this workspace`);
};

const teamIsNoValue: Reader = () => refuse("read_only", "is the team of the Event: send its id");

const readers: Record<FieldType, Reader> = {
  TEXT: text(maxTextLength),
  LONG_TEXT: text(maxLongTextLength),
  RICH_TEXT: text(maxLongTextLength),
  URL: readUrl,
  EMAIL: readEmail,
  PHONE: readPhone,
  NUMBER: number,
  CURRENCY: number,
  PERCENT: number,
  CHECKBOX: checkbox,
  DATE: (value, _field, context) => readDate(value, context.timeZone),
  TIME: readTime,
  SELECT: select,
  MULTISELECT: multiselect,
  PERSON: person,
  TEAM: teamIsNoValue,
};

/** Reads `value` for `field`. Null and the empty text are the blank of every type. */
export function readValue(value: unknown, field: FieldRow, context: ReadContext): ReadResult {
  const isEmpty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (isEmpty || (typeof value === "string" && value.trim() === "")) {
    return field.required
      ? refuse("required", "must not be blank")
      : accept(field.type === "MULTISELECT" ? [] : null);
  }
  return readers[field.type](value, field, context);
}
