/** Events that a Campaign can be connected to, for the search on the Campaign's page. */
import type { Kysely } from "kysely";
import { eventSnapshots } from "../store/intake/event-snapshots.ts";
import type { Tables } from "../store/database/tables.ts";
import type { CircaEvent } from "../model/records.ts";
import type { ScreenValues } from "../systems/salesforce/screens.ts";
import { dayOf } from "../sync/values/dates.ts";
import { storable } from "../sync/values/storable.ts";
import { normaliseText } from "../sync/values/text.ts";

const oneYearMs = 366 * 24 * 3_600_000;

/** @returns null for Events that ended more than a year ago: no user connects them any more */
export async function eventRows(
  query: Kysely<Tables>,
  eventIds: readonly string[],
  nowMs: number,
): Promise<Map<string, ScreenValues | null>> {
  const seen = await eventSnapshots(query, eventIds);
  return new Map(
    eventIds.map((id) => {
      const event = seen.get(id)?.event ?? null;
      if (event === null) {
        // What was never seen can't have been written either.
        return [id, seen.has(id) ? { Event_Id__c: id, Is_Active__c: false } : null];
      }
      return [id, isPast(event, nowMs) ? null : valuesOf(event)];
    }),
  );
}

/** Values as they are: what a field of the row can't hold is seen to where rows are written. */
function valuesOf(event: CircaEvent): ScreenValues {
  const { values, timeZone } = event;
  const dateOf = (key: string) => dayOf(values[key], timeZone) ?? values[key] ?? null;
  return {
    Event_Id__c: event.id,
    Name: normaliseText(storable(event.name)) === "" ? event.id : event.name,
    Start_Date__c: dateOf("start_date"),
    End_Date__c: dateOf("end_date"),
    Status__c: textOf(values["status"]),
    Team__c: textOf(values["team"]),
    Location__c: textOf(values["location"]),
    Url__c: urlOf(event),
    Is_Active__c: true,
  };
}

function isPast({ values, timeZone }: CircaEvent, nowMs: number): boolean {
  const end = dayOf(values["end_date"], timeZone) ?? dayOf(values["start_date"], timeZone);
  return end !== null && Date.parse(end) < nowMs - oneYearMs;
}

/** Where the Event is shown in Circa; null where Circa does not tell. */
export function urlOf(event: CircaEvent): string | null {
  const url = event.values["brief_url"];
  return typeof url === "string" && /^https?:/.test(url) ? url : null;
}

function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && "name" in value) return textOf(value.name);
  return null;
}
