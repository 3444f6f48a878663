import { DateTime } from "luxon";
import type { FieldSchema } from "../schema/types.ts";
import { type Converted, converted, wrongJson } from "./conversion.ts";

/**
 * "Valid dates are between 1700 and 4000"; that an earlier one refuses the whole call is unverified.
 * Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/primitive_data_types.htm
 */
const isTakenYear = (year: number): boolean => year >= 1700 && year <= 4000;

/** A calendar date: never moved through a time zone. */
export function convertDate(field: FieldSchema, raw: unknown): Converted {
  if (raw === "") return converted(null);
  if (typeof raw !== "string") throw wrongJson(field, raw);
  const date = DateTime.fromFormat(raw.trim(), "yyyy-MM-dd", { zone: "utc" });
  if (!date.isValid || !isTakenYear(date.year)) throw wrongJson(field, raw);
  return converted(raw.trim());
}

/** Kept in UTC and cut to whole seconds. A text without a zone is taken as UTC. */
export function convertDateTime(field: FieldSchema, raw: unknown): Converted {
  if (raw === "") return converted(null);
  if (typeof raw !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(raw.trim())) {
    throw wrongJson(field, raw);
  }
  const time = DateTime.fromISO(raw.trim(), { zone: "utc" });
  if (!time.isValid || !isTakenYear(time.year)) throw wrongJson(field, raw);
  return converted(wholeSecond(time.toJSDate()));
}

/** A time of day without a zone, written as Salesforce writes it: `14:30:00.000Z`. */
export function convertTime(field: FieldSchema, raw: unknown): Converted {
  if (raw === "") return converted(null);
  const match =
    typeof raw === "string"
      ? /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?Z?$/.exec(raw.trim())
      : null;
  if (!match) throw wrongJson(field, raw);
  const [, hours = "00", minutes = "00", seconds = "00", fraction = ""] = match;
  return converted(`${hours}:${minutes}:${seconds}.${fraction.padEnd(3, "0")}Z`);
}

/** A moment at rest: ISO in UTC, the second being the finest that Salesforce keeps. */
export function wholeSecond(moment: Date): string {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000).toISOString();
}
