import type { FieldSchema, FieldValue } from "../schema/types.ts";
import { RequestError, type SaveError, saveError } from "./errors.ts";

/** What became of a value on its way in. */
export type Converted =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly error: SaveError };

export function converted(value: FieldValue): Converted {
  return { ok: true, value };
}

export function refused(field: FieldSchema, statusCode: string, message: string): Converted {
  return { ok: false, error: saveError(statusCode, `${field.label}: ${message}`, [field.name]) };
}

/** JSON of a kind that the field can't take: Salesforce refuses the whole request. */
export function wrongJson(field: FieldSchema, value: unknown): RequestError {
  const kind = {
    string: "VALUE_STRING",
    number: Number.isInteger(value) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT",
    boolean: value === true ? "VALUE_TRUE" : "VALUE_FALSE",
  }[typeof value as string];
  const target = { textarea: "string", picklist: "string", multipicklist: "string" }[
    field.type as string
  ];
  const shown =
    typeof value === "object" ? "" : ` value ${JSON.stringify(value).replace(/^"|"$/g, "")}`;
  return new RequestError(
    "JSON_PARSER_ERROR",
    `Cannot deserialize instance of ${target ?? field.type} from ${kind ?? "START_OBJECT"}${shown} or request may be missing a required field at [line:1, column:1]`,
  );
}
