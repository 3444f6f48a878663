import type { LiteralType } from "@jetstreamapp/soql-parser-js";
import { DateTime } from "luxon";
import { toId18 } from "../data/ids.ts";
import { RequestError } from "../data/errors.ts";
import type { FieldSchema, FieldType, FieldValue } from "../schema/types.ts";
import { type DateRange, dateLiteralRange } from "./date-literals.ts";
import { pointAt, type QueryContext } from "./query-context.ts";

/** What a condition compares with: one value, or the days that a date literal means. */
export type Literal = { readonly value: FieldValue } | { readonly range: DateRange };

const numberTypes: readonly FieldType[] = ["int", "double", "currency", "percent"];

/** The literal types that a field of each type may be compared with. */
function acceptedLiterals(type: FieldType): readonly LiteralType[] {
  if (numberTypes.includes(type)) return ["INTEGER", "DECIMAL"];
  switch (type) {
    case "boolean":
      return ["BOOLEAN"];
    case "date":
      return ["DATE", "DATE_LITERAL", "DATE_N_LITERAL"];
    case "datetime":
      return ["DATETIME", "DATE_LITERAL", "DATE_N_LITERAL"];
    default:
      return ["STRING"];
  }
}

/**
 * Reads one literal of a condition on a field.
 * @throws RequestError when its type doesn't fit the field
 */
export function readLiteral(
  context: QueryContext,
  field: FieldSchema,
  text: string,
  type: LiteralType | undefined,
): Literal {
  if (type === "NULL") return { value: null };
  // Times are written bare in SOQL, which the parser takes for text.
  const fits = type === undefined || acceptedLiterals(field.type).includes(type);
  if (!fits) throw wrongLiteral(context, field);
  switch (type) {
    case "STRING":
      return { value: readText(field, unquote(text)) };
    case "BOOLEAN":
      return { value: text.toUpperCase() === "TRUE" };
    case "INTEGER":
    case "DECIMAL":
      return { value: Number(text) };
    case "DATETIME":
      return { value: DateTime.fromISO(text, { zone: "utc" }).toJSDate().toISOString() };
    case "DATE_LITERAL":
    case "DATE_N_LITERAL": {
      const range = dateLiteralRange(text, context.org.now(), userTimeZone(context));
      if (!range) throw wrongLiteral(context, field);
      return { range };
    }
    default:
      return { value: text };
  }
}

function readText(field: FieldSchema, text: string): string {
  return field.type === "id" || (field.type === "reference" && field.length === 18)
    ? (toId18(text) ?? text)
    : text;
}

function userTimeZone(context: QueryContext): string {
  const zone = context.org.store.get("User", context.userId)?.TimeZoneSidKey;
  return typeof zone === "string" ? zone : "UTC";
}

function wrongLiteral(context: QueryContext, field: FieldSchema): RequestError {
  const quoted = acceptedLiterals(field.type).includes("STRING");
  const type = field.type === "datetime" ? "dateTime" : field.type;
  return new RequestError(
    "INVALID_FIELD",
    `${pointAt(context.soql, field.name)}\nvalue of filter criterion for field '${field.name}' must be of type ${type} and should${quoted ? "" : " not"} be enclosed in quotes`,
  );
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
};

/** The text between the quotes. In LIKE, `\_` and `\%` must stay as they are. */
export function unquote(text: string): string {
  const inner = text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
  return inner.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (whole, code: string) => {
    if (code === "_" || code === "%") return whole;
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return escapes[code] ?? code;
  });
}
