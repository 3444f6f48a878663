import { DateTime } from "luxon";

export interface DateRange {
  /** Included. */
  readonly start: DateTime;
  /** Not included. */
  readonly end: DateTime;
}

type Unit = "day" | "week" | "month" | "quarter" | "year";

const relativeUnits: Readonly<Record<string, { unit: Unit; offset: number }>> = {
  YESTERDAY: { unit: "day", offset: -1 },
  TODAY: { unit: "day", offset: 0 },
  TOMORROW: { unit: "day", offset: 1 },
};
for (const unit of ["week", "month", "quarter", "year"] as const) {
  Object.assign(relativeUnits, {
    [`LAST_${unit.toUpperCase()}`]: { unit, offset: -1 },
    [`THIS_${unit.toUpperCase()}`]: { unit, offset: 0 },
    [`NEXT_${unit.toUpperCase()}`]: { unit, offset: 1 },
  });
}

/**
 * The days that a SOQL date literal means, in the running user's time zone. The fiscal year is taken
 * to be the calendar year, and weeks to begin on Sunday, as in a new US org.
 * @param literal such as `TODAY` or `LAST_N_DAYS:3`
 * @returns null for a literal that is not known
 */
export function dateLiteralRange(literal: string, now: Date, timeZone: string): DateRange | null {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf("day");
  const [rawName = "", count] = literal.toUpperCase().replace("FISCAL_", "").split(":");
  const relative = relativeUnits[rawName];
  if (relative) {
    const start = startOf(today, relative.unit).plus({ [relative.unit]: relative.offset });
    return { start, end: start.plus({ [relative.unit]: 1 }) };
  }
  if (rawName === "LAST_90_DAYS") return lastDays(today, 90);
  if (rawName === "NEXT_90_DAYS") return nextDays(today, 90);
  if (count === undefined) return null;
  return countedRange(today, rawName, Number(count));
}

function countedRange(today: DateTime, name: string, n: number): DateRange | null {
  const match = /^(LAST_N|NEXT_N|N)_(DAY|WEEK|MONTH|QUARTER|YEAR)S(_AGO)?$/.exec(name);
  if (!match) return null;
  const unit = (match[2] ?? "").toLowerCase() as Unit;
  const current = startOf(today, unit);
  if (match[3]) {
    const start = current.minus({ [unit]: n });
    return { start, end: start.plus({ [unit]: 1 }) };
  }
  if (match[1] === "LAST_N") {
    // For days, today belongs to the range; for longer units the current one does not.
    return unit === "day"
      ? lastDays(today, n)
      : { start: current.minus({ [unit]: n }), end: current };
  }
  if (unit === "day") return nextDays(today, n);
  const next = current.plus({ [unit]: 1 });
  return { start: next, end: next.plus({ [unit]: n }) };
}

function lastDays(today: DateTime, n: number): DateRange {
  return { start: today.minus({ day: n }), end: today.plus({ day: 1 }) };
}

function nextDays(today: DateTime, n: number): DateRange {
  const start = today.plus({ day: 1 });
  return { start, end: start.plus({ day: n }) };
}

function startOf(day: DateTime, unit: Unit): DateTime {
  return unit === "week" ? day.minus({ day: day.weekday % 7 }) : day.startOf(unit);
}
