/** Circa's date: a calendar day of the Event's own time zone, never shifted through UTC. */
import type { Conversion, Converted, ValueContext } from "./conversion.ts";
import { isDay, parseMoment } from "./moments.ts";
import { fail, type Route } from "./problems.ts";
import { showValue } from "./show-value.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";
import { campaignText, circaText, normaliseText, readText } from "./text.ts";
import { findZone, isOnDay, localTime, startOfDay, type Zone } from "./zones.ts";

export function zoneOf(context: ValueContext, trip: Route, value: unknown): Converted<Zone> {
  const zone = findZone(context.timeZone);
  return zone
    ? ok(zone)
    : fail("TIME_ZONE_UNKNOWN", trip, value, {
        timeZone: showValue(context.timeZone),
      });
}

/** A moment as local wall-clock time `YYYY-MM-DDTHH:mm:ss.SSS`; null when `text` is no moment. */
export function localMoment(
  text: string,
  context: ValueContext,
  trip: Route,
): Converted<string> | null {
  const epochMs = parseMoment(text);
  if (epochMs === null) return null;
  const zone = zoneOf(context, trip, text);
  return zone.ok ? ok(localTime(zone.value, epochMs)) : zone;
}

/** Reads a day, or the day on which a moment falls where the Event is. */
function readDay(raw: unknown, context: ValueContext, trip: Route): Converted<string | null> {
  const text = readText(raw, trip);
  if (!text.ok || text.value === null || isDay(text.value)) return text;
  const local = localMoment(text.value, context, trip);
  if (!local) return fail("INVALID_DATE", trip, raw);
  return local.ok ? ok(local.value.slice(0, 10)) : local;
}

/** The day that a value stands for where the Event is, for showing; null where it is none. */
export function dayOf(raw: unknown, timeZone: string): string | null {
  if (typeof raw !== "string") return null;
  const text = normaliseText(raw);
  if (isDay(text)) return text;
  const [epochMs, zone] = [parseMoment(text), findZone(timeZone)];
  return epochMs === null || zone === null ? null : localTime(zone, epochMs).slice(0, 10);
}

const writeDay = (day: string, trip: Route): Converted =>
  isDay(day) ? ok(day) : fail("INVALID_DATE", trip, day);

const daySide = ({ reading, writing }: End): Side<string> => ({
  read: (raw, context) => readDay(raw, context, reading),
  write: (day) => writeDay(day, writing),
});

/** The Campaign's date/time seen as a day: written as the first moment of the Event's day. */
const momentSide = ({ reading, writing }: End): Side<string> => ({
  read: (raw, context) => readDay(raw, context, reading),
  write: (day, context) => {
    const zone = zoneOf(context, writing, day);
    if (!zone.ok) return zone;
    const start = startOfDay(zone.value, day);
    if (start === null) {
      return fail("DAY_DOES_NOT_EXIST", writing, day, { timeZone: zone.value.name });
    }
    const moment = new Date(start).toISOString();
    const storable = parseMoment(moment) !== null;
    return storable ? ok(moment) : fail("INVALID_DATE", writing, day);
  },
});

const sameDay = (a: string, b: string): boolean => a === b;

/** Decides two plain days, or a plain day and a moment, without writing the local time out. */
function quickDays(a: unknown, b: unknown, context: ValueContext): boolean | undefined {
  if (typeof a !== "string" || typeof b !== "string") {
    return a == null && b == null ? true : undefined;
  }
  if (a.length === 10 && b.length === 10) return a === b;
  const [day, moment] = a.length === 10 ? [a, b] : [b, a];
  if (!isDay(day)) return undefined;
  const epochMs = parseMoment(moment);
  const zone = findZone(context.timeZone);
  return epochMs === null || zone === null ? undefined : isOnDay(zone, epochMs, day);
}

export function pairDates(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: daySide(ends.circa),
    campaign: daySide(ends.campaign),
    same: sameDay,
    quick: quickDays,
  });
}

export function pairDateWithMoment(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: daySide(ends.circa),
    campaign: momentSide(ends.campaign),
    same: sameDay,
    quick: quickDays,
  });
}

/** Circa's date shown in a text field. */
export function showDateAsText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: { read: daySide(ends.circa).read },
    campaign: campaignText(ends.campaign, pair.campaign),
    same: sameDay,
  });
}

/** The Campaign's date shown in a text of Circa. */
export function showTextFromDate(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: circaText(ends.circa, pair.circa.type),
    campaign: { read: daySide(ends.campaign).read },
    same: sameDay,
  });
}

/** The Campaign's date/time shown in a text of Circa, as the clock of the Event's place. */
export function showTextFromMoment(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: circaText(ends.circa, pair.circa.type),
    campaign: { read: (raw, context) => readClock(raw, context, ends.campaign.reading) },
    same: sameDay,
  });
}

function readClock(raw: unknown, context: ValueContext, trip: Route): Converted<string | null> {
  const text = readText(raw, trip);
  if (!text.ok || text.value === null) return text;
  const local = localMoment(text.value, context, trip);
  if (!local) return fail("INVALID_DATE", trip, raw);
  return local.ok ? ok(local.value.slice(0, 16).replace("T", " ")) : local;
}
