/** Days and moments as text: which strings are real ones. Read for every date, so kept cheap. */

const momentShape =
  /^.{10}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/;

// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/primitive_data_types.htm
const firstYear = 1700;
const lastYear = 4000;

const zero = "0".charCodeAt(0);

/** The number that the digits from `start` to `end` make; -1 when one is no digit. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** True when `text` begins with a `YYYY-MM-DD` that the calendar has and that Salesforce takes. */
function beginsWithDay(text: string): boolean {
  if (text[4] !== "-" || text[7] !== "-") return false;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < firstYear || year > lastYear || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysIn(year, month);
}

/** True for a `YYYY-MM-DD` that the calendar has and that Salesforce takes. */
export const isDay = (text: string): boolean => text.length === 10 && beginsWithDay(text);

/**
 * Milliseconds since the epoch of an ISO 8601 moment with its offset, such as Circa's
 * `2020-09-28T14:30:00Z` and Salesforce's `2026-11-23T08:00:00.000+0000`; null for anything else.
 */
export function parseMoment(text: string): number | null {
  if (text.length > 40 || !beginsWithDay(text) || !momentShape.test(text)) return null;
  // Date.parse wants a colon in the offset, which Salesforce leaves out.
  const colonless = !text.endsWith("Z") && text.at(-3) !== ":";
  const epochMs = Date.parse(colonless ? `${text.slice(0, -2)}:${text.slice(-2)}` : text);
  return Number.isNaN(epochMs) ? null : epochMs;
}
