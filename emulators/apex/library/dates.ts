/** Date, Datetime and Time. */
import { DateTime } from "luxon";
import type { Runtime } from "../run/runtime.ts";
import { dateType, datetimeType, timeType } from "../types/builtin.ts";
import { formatPattern } from "../values/date-pattern.ts";
import { DateValue, DatetimeValue, dayMs, TimeValue } from "../values/scalars.ts";
import { addMembers } from "../intrinsics/define.ts";

const monthDays = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Adds months and keeps the day inside the month: 31 January + 1 is 28 or 29 February. */
function addMonths(date: DateValue, months: number): DateValue {
  const { utc } = date;
  const month = utc.getUTCMonth() + months;
  const year = utc.getUTCFullYear() + Math.floor(month / 12);
  const inYear = ((month % 12) + 12) % 12;
  const day = Math.min(utc.getUTCDate(), monthDays(year, inYear + 1));
  return DateValue.of(year, inYear + 1, day);
}

function parseDate(rt: Runtime, text: string): DateValue {
  const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?\s*$/.exec(text);
  const [, year, month, day] = (match ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || month > 12 || month < 1)
    throw rt.error("TypeException", `Invalid date: ${text}`);
  if (day < 1 || day > monthDays(year, month))
    throw rt.error("TypeException", `Invalid date: ${text}`);
  return DateValue.of(year, month, day);
}

export function today(rt: Runtime): DateValue {
  const now = DateTime.fromMillis(rt.platform.now(), { zone: rt.user.timeZone });
  return DateValue.of(now.year, now.month, now.day);
}

const monday = (date: DateValue): number => new Date(date.day * dayMs).getUTCDay();

addMembers(dateType.info, {
  "static Date newInstance(Integer year, Integer month, Integer day)": (
    _rt,
    year: number,
    month: number,
    day: number,
  ) => DateValue.of(year, month, day),
  "static Date today()": (rt) => today(rt),
  "static Date valueOf(String text)": (rt, text: string) => parseDate(rt, text),
  "static Date valueOf(Object value)": (rt, value: unknown) => {
    if (value instanceof DateValue) return value;
    if (typeof value === "string") return parseDate(rt, value);
    throw rt.error("TypeException", "Invalid date: value is no date");
  },
  "static Date parse(String text)": (rt, text: string) => {
    const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
    if (!match) throw rt.error("TypeException", `Invalid date: ${text}`);
    return DateValue.of(Number(match[3]), Number(match[1]), Number(match[2]));
  },
  "static Integer daysInMonth(Integer year, Integer month)": (_rt, year: number, month: number) =>
    monthDays(year, month),
  "static Boolean isLeapYear(Integer year)": (_rt, year: number) => monthDays(year, 2) === 29,
  "Date addDays(Integer days)": (_rt, self: DateValue, days: number) =>
    new DateValue(self.day + days),
  "Date addMonths(Integer months)": (_rt, self: DateValue, months: number) =>
    addMonths(self, months),
  "Date addYears(Integer years)": (_rt, self: DateValue, years: number) =>
    addMonths(self, years * 12),
  "Integer day()": (_rt, self: DateValue) => self.utc.getUTCDate(),
  "Integer month()": (_rt, self: DateValue) => self.utc.getUTCMonth() + 1,
  "Integer year()": (_rt, self: DateValue) => self.utc.getUTCFullYear(),
  "Integer daysBetween(Date other)": (_rt, self: DateValue, other: DateValue) =>
    other.day - self.day,
  "Integer monthsBetween(Date other)": (_rt, self: DateValue, other: DateValue) =>
    (other.utc.getUTCFullYear() - self.utc.getUTCFullYear()) * 12 +
    other.utc.getUTCMonth() -
    self.utc.getUTCMonth(),
  "String format()": (_rt, self: DateValue) => formatPattern(self.day * dayMs, "M/d/yyyy", "UTC"),
  "Boolean isSameDay(Date other)": (_rt, self: DateValue, other: DateValue) =>
    self.day === other.day,
  "Date toStartOfMonth()": (_rt, self: DateValue) =>
    DateValue.of(self.utc.getUTCFullYear(), self.utc.getUTCMonth() + 1, 1),
  "Date toStartOfWeek()": (_rt, self: DateValue) => new DateValue(self.day - monday(self)),
});

function parseDatetime(rt: Runtime, text: string, zone: string): DatetimeValue {
  const time = DateTime.fromFormat(text.trim(), "yyyy-MM-dd HH:mm:ss", { zone });
  if (!time.isValid) throw rt.error("TypeException", `Invalid date/time: ${text}`);
  return new DatetimeValue(time.toMillis());
}

function fromParts(zone: string, parts: readonly number[]): DatetimeValue {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const start = DateTime.fromObject({ year, month: 1, day: 1 }, { zone });
  return new DatetimeValue(
    start
      .plus({ months: month - 1 })
      .plus({ days: day - 1 })
      .set({ hour: 0 })
      .plus({ hours: hour, minutes: minute, seconds: second })
      .toMillis(),
  );
}

function inZone(value: DatetimeValue, zone: string): DateTime {
  return DateTime.fromMillis(value.ms, { zone });
}

const plus = (self: DatetimeValue, amount: Record<string, number>): DatetimeValue =>
  new DatetimeValue(DateTime.fromMillis(self.ms, { zone: "UTC" }).plus(amount).toMillis());

const calendar = (date: DateTime): DateValue => DateValue.of(date.year, date.month, date.day);
const timeOf = (date: DateTime): TimeValue =>
  new TimeValue(((date.hour * 60 + date.minute) * 60 + date.second) * 1000 + date.millisecond);

addMembers(datetimeType.info, {
  "static Datetime now()": (rt) => new DatetimeValue(rt.platform.now()),
  "static Datetime newInstance(Long ms)": (_rt, ms: bigint) => new DatetimeValue(Number(ms)),
  "static Datetime newInstance(Integer y, Integer m, Integer d)": (rt, ...parts: number[]) =>
    fromParts(rt.user.timeZone, parts),
  "static Datetime newInstance(Integer y, Integer m, Integer d, Integer h, Integer n, Integer s)": (
    rt,
    ...parts: number[]
  ) => fromParts(rt.user.timeZone, parts),
  "static Datetime newInstance(Date date, Time time)": (rt, date: DateValue, time: TimeValue) =>
    new DatetimeValue(
      DateTime.fromISO(`${date.iso}T${time.iso.slice(0, 12)}`, {
        zone: rt.user.timeZone,
      }).toMillis(),
    ),
  "static Datetime newInstanceGmt(Integer y, Integer m, Integer d)": (_rt, ...parts: number[]) =>
    fromParts("UTC", parts),
  "static Datetime newInstanceGmt(Integer y, Integer m, Integer d, Integer h, Integer n, Integer s)":
    (_rt, ...parts: number[]) => fromParts("UTC", parts),
  "static Datetime newInstanceGmt(Date date, Time time)": (_rt, date: DateValue, time: TimeValue) =>
    new DatetimeValue(date.day * dayMs + time.ms),
  "static Datetime valueOf(String text)": (rt, text: string) =>
    parseDatetime(rt, text, rt.user.timeZone),
  "static Datetime valueOf(Object value)": (rt, value: unknown) => {
    if (value instanceof DatetimeValue) return value;
    if (typeof value === "string") return parseDatetime(rt, value, rt.user.timeZone);
    throw rt.error("TypeException", "Invalid date/time: value is no datetime");
  },
  "static Datetime valueOfGmt(String text)": (rt, text: string) => parseDatetime(rt, text, "UTC"),
  "Datetime addDays(Integer n)": (_rt, self: DatetimeValue, n: number) => plus(self, { days: n }),
  "Datetime addHours(Integer n)": (_rt, self: DatetimeValue, n: number) => plus(self, { hours: n }),
  "Datetime addMinutes(Integer n)": (_rt, self: DatetimeValue, n: number) =>
    plus(self, { minutes: n }),
  "Datetime addMonths(Integer n)": (_rt, self: DatetimeValue, n: number) =>
    plus(self, { months: n }),
  "Datetime addSeconds(Integer n)": (_rt, self: DatetimeValue, n: number) =>
    plus(self, { seconds: n }),
  "Datetime addYears(Integer n)": (_rt, self: DatetimeValue, n: number) => plus(self, { years: n }),
  "Date date()": (rt, self: DatetimeValue) => calendar(inZone(self, rt.user.timeZone)),
  "Date dateGmt()": (_rt, self: DatetimeValue) => calendar(inZone(self, "UTC")),
  "Time time()": (rt, self: DatetimeValue) => timeOf(inZone(self, rt.user.timeZone)),
  "Integer day()": (rt, self: DatetimeValue) => inZone(self, rt.user.timeZone).day,
  "Integer dayGmt()": (_rt, self: DatetimeValue) => inZone(self, "UTC").day,
  "Integer month()": (rt, self: DatetimeValue) => inZone(self, rt.user.timeZone).month,
  "Integer monthGmt()": (_rt, self: DatetimeValue) => inZone(self, "UTC").month,
  "Integer year()": (rt, self: DatetimeValue) => inZone(self, rt.user.timeZone).year,
  "Integer yearGmt()": (_rt, self: DatetimeValue) => inZone(self, "UTC").year,
  "Integer hour()": (rt, self: DatetimeValue) => inZone(self, rt.user.timeZone).hour,
  "Integer hourGmt()": (_rt, self: DatetimeValue) => inZone(self, "UTC").hour,
  "Integer minute()": (rt, self: DatetimeValue) => inZone(self, rt.user.timeZone).minute,
  "Integer minuteGmt()": (_rt, self: DatetimeValue) => inZone(self, "UTC").minute,
  "Integer second()": (_rt, self: DatetimeValue) => inZone(self, "UTC").second,
  "Integer secondGmt()": (_rt, self: DatetimeValue) => inZone(self, "UTC").second,
  "Long getTime()": (_rt, self: DatetimeValue) => BigInt(self.ms),
  "Boolean isSameDay(Datetime other)": (rt, self: DatetimeValue, other: DatetimeValue) =>
    inZone(self, rt.user.timeZone).hasSame(inZone(other, rt.user.timeZone), "day"),
  "String format()": (rt, self: DatetimeValue) =>
    formatPattern(self.ms, "M/d/yyyy, h:mm a", rt.user.timeZone),
  "String format(String pattern)": (rt, self: DatetimeValue, pattern: string) =>
    formatPattern(self.ms, pattern, rt.user.timeZone),
  "String format(String pattern, String zone)": (
    _rt,
    self: DatetimeValue,
    pattern: string,
    zone: string,
  ) => formatPattern(self.ms, pattern, zone),
  "String formatGmt(String pattern)": (_rt, self: DatetimeValue, pattern: string) =>
    formatPattern(self.ms, pattern, "UTC"),
});

addMembers(timeType.info, {
  "static Time newInstance(Integer h, Integer m, Integer s, Integer ms)": (
    _rt,
    h: number,
    m: number,
    s: number,
    ms: number,
  ) => new TimeValue(((h * 60 + m) * 60 + s) * 1000 + ms),
  "Time addHours(Integer n)": (_rt, self: TimeValue, n: number) =>
    new TimeValue(self.ms + n * 3_600_000),
  "Time addMinutes(Integer n)": (_rt, self: TimeValue, n: number) =>
    new TimeValue(self.ms + n * 60_000),
  "Integer hour()": (_rt, self: TimeValue) => Math.floor(self.ms / 3_600_000),
  "Integer minute()": (_rt, self: TimeValue) => Math.floor(self.ms / 60_000) % 60,
  "Integer second()": (_rt, self: TimeValue) => Math.floor(self.ms / 1000) % 60,
});
