/** A time of day, which has no time zone: Circa's `09:30`, Salesforce's `09:30:00.000Z`. */
import type { Conversion, Converted, ValueContext } from "./conversion.ts";
import { localMoment } from "./dates.ts";
import { fail, type Route } from "./problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";
import { campaignText, circaText, readText } from "./text.ts";

const timeShape = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d*)?)?Z?$/;

/** Reads a time as `HH:mm:ss.SSS`; a moment counts with its time of day where the Event is. */
function readTime(raw: unknown, context: ValueContext, trip: Route): Converted<string | null> {
  const text = readText(raw, trip);
  if (!text.ok || text.value === null) return text;
  const found = timeShape.exec(text.value);
  if (found) {
    const [, hours = "", minutes = "", seconds = "00", fraction = ""] = found;
    return ok(`${hours}:${minutes}:${seconds}.${fraction.padEnd(3, "0")}`);
  }
  const local = localMoment(text.value, context, trip);
  if (!local) return fail("INVALID_TIME", trip, raw);
  return local.ok ? ok(local.value.slice(11)) : local;
}

/** `HH:mm`, with seconds and fractions only where there are any. */
const shortTime = (time: string): string => time.replace(/\.000$/, "").replace(/^(.{5}):00$/, "$1");

const circaTime = ({ reading }: End): Side<string> => ({
  read: (raw, context) => readTime(raw, context, reading),
  write: (time) => ok(shortTime(time)),
});

const campaignTime = ({ reading }: End): Side<string> => ({
  read: (raw, context) => readTime(raw, context, reading),
  // Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/primitive_data_types.htm
  write: (time) => ok(`${time}Z`),
});

/** Decides `09:30` against `09:30:00.000Z` without parsing. */
function quickTimes(circa: unknown, campaign: unknown): boolean | undefined {
  if (circa == null && campaign == null) return true;
  if (typeof circa !== "string" || typeof campaign !== "string") return undefined;
  const plain = circa.length === 5 && campaign.length === 13 && campaign.endsWith(":00.000Z");
  return plain ? campaign.startsWith(circa) : undefined;
}

const sameTime = (a: string, b: string): boolean => a === b;

export function pairTimes(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: circaTime(ends.circa),
    campaign: campaignTime(ends.campaign),
    same: sameTime,
    quick: quickTimes,
  });
}

const shown = (side: Side<string>): Side<string> => ({
  read: (raw, context) => {
    const time = side.read(raw, context);
    return time.ok && time.value !== null ? ok(shortTime(time.value)) : time;
  },
});

/** Circa's time shown in a text field. */
export function showTimeAsText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: shown(circaTime(ends.circa)),
    campaign: campaignText(ends.campaign, pair.campaign),
    same: sameTime,
  });
}

/** The Campaign's time shown in a text of Circa. */
export function showTextFromTime(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: circaText(ends.circa, pair.circa.type),
    campaign: shown(campaignTime(ends.campaign)),
    same: sameTime,
  });
}
