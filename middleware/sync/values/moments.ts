/** Days and moments as text: which strings are real ones. */

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/;
const momentShape =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|([+-](?:0\d|1[0-4])):?([0-5]\d))$/;

// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/primitive_data_types.htm
const firstYear = 1700;
const lastYear = 4000;

/** True for a `YYYY-MM-DD` that the calendar has and that Salesforce takes. */
export function isDay(text: string): boolean {
  const [, year, month, day] = (dayShape.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Milliseconds since the epoch of an ISO 8601 moment with its offset, such as Circa's
 * `2020-09-28T14:30:00Z` and Salesforce's `2026-11-23T08:00:00.000+0000`; null for anything else.
 */
export function parseMoment(text: string): number | null {
  const found = momentShape.exec(text);
  if (!found?.[1] || !isDay(found[1])) return null;
  const [, , hours, minutes] = found;
  const iso =
    hours === undefined
      ? text
      : `${text.slice(0, text.lastIndexOf(hours))}${hours}:${minutes ?? "00"}`;
  const epochMs = Date.parse(iso);
  return Number.isNaN(epochMs) ? null : epochMs;
}
