import type { FieldSchema } from "../schema/types.ts";
import { type Converted, converted, refused, wrongJson } from "./conversion.ts";
import { convertNumber } from "./convert-number.ts";
import { convertDate, convertDateTime, convertTime } from "./convert-time.ts";
import { toId18 } from "./ids.ts";

/**
 * A value as it arrives (from JSON, or from code in the org) in the form in which it is kept: trimmed,
 * rich text encoded, Ids with 18 characters, blanks null.
 * @throws RequestError when JSON of this kind can't be read into the field at all
 */
export function convertValue(field: FieldSchema, raw: unknown): Converted {
  if (raw === null || raw === undefined) {
    return converted(field.type === "boolean" ? false : null);
  }
  switch (field.type) {
    case "boolean":
      return convertBoolean(field, raw);
    case "int":
    case "double":
    case "currency":
    case "percent":
      return convertNumber(field, raw);
    case "date":
      return convertDate(field, raw);
    case "datetime":
      return convertDateTime(field, raw);
    case "time":
      return convertTime(field, raw);
    default:
      return convertText(field, raw);
  }
}

function convertBoolean(field: FieldSchema, raw: unknown): Converted {
  if (typeof raw === "boolean") return converted(raw);
  if (raw === "true" || raw === "false") return converted(raw === "true");
  throw wrongJson(field, raw);
}

function convertText(field: FieldSchema, raw: unknown): Converted {
  if (typeof raw !== "string") throw wrongJson(field, raw);
  const text = trimBlanks(raw);
  if (text === "") return converted(null);
  switch (field.type) {
    case "id":
    case "reference":
      return convertId(field, text);
    case "multipicklist":
      return convertMultiSelect(field, text);
    case "email":
      if (!/^(?!\.)[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@.]+$/.test(text)) {
        return refused(field, "INVALID_EMAIL_ADDRESS", `invalid email address: ${text}`);
      }
      return withinLength(field, text.toLowerCase());
    case "textarea":
      return withinLength(
        field,
        (field.htmlFormatted ? encodeRichText(text) : text).replace(/\r\n|\r|\n/g, "\r\n"),
      );
    default:
      return withinLength(field, text);
  }
}

const richTextEntities = new Map([
  ["&", "&amp;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Rich text is kept with `&` and quotes as entities, which its length counts; tags stay as they are. */
function encodeRichText(text: string): string {
  return text.replace(/<[^>]*>|&(?!#?\w+;)|["']/g, (found) => richTextEntities.get(found) ?? found);
}

/** Cuts blanks and control characters off both ends. A non-breaking space is none of them. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

function withinLength(field: FieldSchema, text: string): Converted {
  if (field.length > 0 && text.length > field.length) {
    return refused(
      field,
      "STRING_TOO_LONG",
      `data value too large: ${text} (max length=${field.length})`,
    );
  }
  return converted(text);
}

function convertId(field: FieldSchema, text: string): Converted {
  // Relationships of custom metadata hold names, not Ids.
  if (field.length > 18) return converted(text);
  const id = toId18(text);
  return id === null
    ? refused(field, "MALFORMED_ID", `id value of incorrect type: ${text}`)
    : converted(id);
}

/** Values are kept once each, in the order of the field's list; unknown ones follow. */
function convertMultiSelect(field: FieldSchema, text: string): Converted {
  const given = new Set(
    text
      .split(";")
      .map((value) => value.trim())
      .filter((value) => value !== ""),
  );
  const known = field.picklistValues.map((entry) => entry.value).filter((v) => given.delete(v));
  const kept = [...known, ...given].join(";");
  return kept === "" ? converted(null) : withinLength(field, kept);
}
