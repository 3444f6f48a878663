/** Reads values of each kind, or says what is wrong with them. */
import type { Person } from "./field-value.ts";
import { accept, refuse, type ReadResult } from "./read-result.ts";

/** What some types need to know beside the value. */
export interface ReadContext {
  /** IANA zone of the Event: a Time given for a Date is that zone's calendar day. */
  readonly timeZone: string;
  readonly personByEmail: (email: string) => Person | undefined;
  readonly personById: (id: string) => Person | undefined;
}

interface Options {
  readonly options: readonly string[];
}

export type Reader = (value: unknown, field: Options, context: ReadContext) => ReadResult;

export const wrongShape = (wanted: string) => refuse("invalid", `must be ${wanted}`);

export const text =
  (maxLength: number): Reader =>
  (value) => {
    if (typeof value !== "string") return wrongShape("a text");
    if (value.length > maxLength) {
      return refuse("too_long", `must have at most ${maxLength} characters, has ${value.length}`);
    }
    return accept(value);
  };

export const number: Reader = (value) => {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read)
    ? accept(read)
    : wrongShape("a number, such as 1250.5");
};

export const checkbox: Reader = (value) =>
  typeof value === "boolean" ? accept(value) : wrongShape("true or false");

const notAnOption = ({ options }: Options, value: string) =>
  refuse("not_an_option", `"${value}" is not among the options: ${options.join(", ") || "(none)"}`);

export const select: Reader = (value, field) => {
  if (typeof value !== "string") return wrongShape("one of the options");
  return field.options.includes(value) ? accept(value) : notAnOption(field, value);
};

export const multiselect: Reader = (value, field) => {
  if (!Array.isArray(value)) return wrongShape("a list of options");
  const chosen: string[] = [];
  for (const item of value as unknown[]) {
    if (typeof item !== "string") return wrongShape("a list of options");
    if (!field.options.includes(item)) return notAnOption(field, item);
    if (!chosen.includes(item)) chosen.push(item);
  }
  return accept(chosen);
};

export const person: Reader = (value, _field, context) => {
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
  return refuse("unknown_person", `${name} is nobody in this workspace`);
};

export const teamIsNoValue: Reader = () =>
  refuse("read_only", "is the team of the Event: send its id");
