/** An Event's own time zone: which day a moment falls on there, and when a day begins there. */
import { DateTime, IANAZone } from "luxon";

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Names come from outside, so what is remembered of them is bounded. */
const maxZones = 1_000;
const maxDays = 20_000;

export interface Zone {
  readonly name: string;
  /** Minutes east of UTC at a moment. */
  offsetAt(epochMs: number): number;
}

const zones = new Map<string, Zone | null>();

/** The zone of an IANA name; null when there is none such. */
export function findZone(name: string): Zone | null {
  let zone = zones.get(name);
  if (zone === undefined) {
    // Luxon would take `system` and `local` for the server's own zone; IANAZone doesn't.
    zone = IANAZone.isValidZone(name) ? makeZone(name) : null;
    if (zones.size >= maxZones) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

function makeZone(name: string): Zone {
  const zone = IANAZone.create(name);
  // Asking Intl costs microseconds, and a UTC day without a clock change has one offset.
  const offsetByDay = new Map<number, number | null>();

  const offsetOfDay = (day: number): number | null => {
    let offset = offsetByDay.get(day);
    if (offset === undefined) {
      const first = zone.offset(day * dayMs);
      offset = first === zone.offset((day + 1) * dayMs - 1) ? first : null;
      if (offsetByDay.size >= maxDays) offsetByDay.clear();
      offsetByDay.set(day, offset);
    }
    return offset;
  };
  return {
    name,
    offsetAt: (epochMs) => offsetOfDay(Math.floor(epochMs / dayMs)) ?? zone.offset(epochMs),
  };
}

/** A moment on the local wall clock, counted as if that were UTC. */
function wallClockMs(zone: Zone, epochMs: number): number {
  // Offsets before standard time have seconds, so that their minutes are fractions.
  return epochMs + Math.round(zone.offsetAt(epochMs) * minuteMs);
}

/** Local wall-clock time of a moment, as `YYYY-MM-DDTHH:mm:ss.SSS`. */
export function localTime(zone: Zone, epochMs: number): string {
  return new Date(wallClockMs(zone, epochMs)).toISOString().slice(0, 23);
}

/** True when a moment falls on a local day (a real `YYYY-MM-DD`). */
export function isOnDay(zone: Zone, epochMs: number, day: string): boolean {
  const sinceMidnightMs = wallClockMs(zone, epochMs) - Date.parse(day);
  return sinceMidnightMs >= 0 && sinceMidnightMs < dayMs;
}

/**
 * The first moment of a local day (`YYYY-MM-DD`): 00:00, the end of the gap where the clock jumps
 * over midnight, the earlier one where midnight comes twice. null when the zone skipped the day.
 */
export function startOfDay(zone: Zone, day: string): number | null {
  const start = DateTime.fromISO(day, { zone: zone.name }).startOf("day");
  if (!start.isValid) return null;
  const first = Math.min(...start.getPossibleOffsets().map((moment) => moment.toMillis()));
  return localTime(zone, first).startsWith(day) ? first : null;
}
