/** The types whose value is a text of a certain form. */
import { DateTime, IANAZone } from "luxon";
import { accept, refuse, type ReadResult } from "./read-result.ts";

const invalid = (message: string) => refuse("invalid", message);

/** A `Date` (`2026-03-01`), or a `Time`, of which the calendar day in `timeZone` is taken. */
export function readDate(value: unknown, timeZone: string): ReadResult {
  const wanted = "must be a date, such as 2026-03-01";
  if (typeof value !== "string") return invalid(wanted);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return DateTime.fromISO(value).isValid
      ? accept(value)
      : invalid(`${value} is not in the calendar`);
  }
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(value)) return invalid(wanted);
  const day = DateTime.fromISO(value, { setZone: false }).setZone(timeZone).toISODate();
  return day === null ? invalid(wanted) : accept(day);
}

/** A time of day, `HH:mm`, 24 hours. */
export function readTime(value: unknown): ReadResult {
  return typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
    ? accept(value)
    : invalid("must be a time of day, such as 09:30");
}

export function readUrl(value: unknown): ReadResult {
  const wanted = "must be a web address, such as https://example.com";
  if (typeof value !== "string" || !URL.canParse(value)) return invalid(wanted);
  return ["http:", "https:"].includes(new URL(value).protocol) ? accept(value) : invalid(wanted);
}

export function readEmail(value: unknown): ReadResult {
  return typeof value === "string" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
    ? accept(value)
    : invalid("must be an e-mail address, such as ada@example.com");
}

/** Free as phone numbers are written: digits, spaces and `+ - . ( ) / x`. */
export function readPhone(value: unknown): ReadResult {
  const looksRight = typeof value === "string" && /^[\d\s+().\-/x]{3,40}$/i.test(value);
  return looksRight && /\d{3}/.test(value.replace(/\D/g, ""))
    ? accept(value)
    : invalid("must be a phone number, such as +49 30 1234567");
}

export function isTimeZone(value: unknown): boolean {
  return value === null || (typeof value === "string" && IANAZone.isValidZone(value));
}
