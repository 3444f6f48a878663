/** Circa's field types, each with everything that Circa knows of it. */
import * as readers from "./values/readers.ts";
import { readDate, readEmail, readPhone, readTime, readUrl } from "./values/text-formats.ts";

interface TypeOfField {
  /** As the settings offer it. */
  readonly name: string;
  /** Reads a value that is not blank, or says what is wrong with it. */
  readonly read: readers.Reader;
  readonly input: FieldInput;
  /** The keyboard of an input of one line. @default the one for text */
  readonly keyboard?: "url" | "email" | "tel" | "decimal" | "numeric";
  /** What stands below the input. */
  readonly hint?: string;
  /** Its fields have a list to choose from. @default false */
  readonly hasOptions?: true;
}

/** How people fill it in (`pages/field-input.ts`). */
export type FieldInput =
  | "line"
  | "area"
  | "date"
  | "time"
  | "checkbox"
  | "choice"
  | "choices"
  | "person"
  | "team";

const text = readers.text(255);
const longText = readers.text(131_072);
const { number } = readers;

const types = {
  TEXT: { name: "Text", read: text, input: "line" },
  LONG_TEXT: { name: "Long text", read: longText, input: "area" },
  RICH_TEXT: {
    name: "Formatted text",
    read: longText,
    input: "area",
    hint: "Formatted text, written as HTML.",
  },
  URL: { name: "Web address", read: readUrl, input: "line", keyboard: "url" },
  EMAIL: { name: "E-mail", read: readEmail, input: "line", keyboard: "email" },
  PHONE: { name: "Phone", read: readPhone, input: "line", keyboard: "tel" },
  NUMBER: { name: "Number", read: number, input: "line", keyboard: "decimal" },
  CURRENCY: { name: "Currency", read: number, input: "line", keyboard: "decimal" },
  PERCENT: {
    name: "Percent",
    read: number,
    input: "line",
    keyboard: "decimal",
    hint: "In percent: 12.5 is 12.5 %.",
  },
  CHECKBOX: { name: "Checkbox", read: readers.checkbox, input: "checkbox" },
  DATE: {
    name: "Date",
    read: (value, _field, { timeZone }) => readDate(value, timeZone),
    input: "date",
  },
  TIME: { name: "Time", read: readTime, input: "time" },
  SELECT: { name: "Single choice", read: readers.select, input: "choice", hasOptions: true },
  MULTISELECT: {
    name: "Multiple choice",
    read: readers.multiselect,
    input: "choices",
    hasOptions: true,
  },
  PERSON: { name: "Person", read: readers.person, input: "person" },
  TEAM: { name: "Team", read: readers.teamIsNoValue, input: "team" },
} as const satisfies Readonly<Record<string, TypeOfField>>;

export type FieldType = keyof typeof types;
export const fieldTypes: Readonly<Record<FieldType, TypeOfField>> = types;
export const fieldTypeNames = Object.keys(types) as readonly FieldType[];
