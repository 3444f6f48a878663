/** Events that a Campaign can be connected to, for the search on the Campaign's page. */
import type { Kysely } from "kysely";
import { eventsSeen } from "../jobs/storage/events-seen.ts";
import type { Tables } from "../jobs/storage/tables.ts";
import type { CircaEvent } from "../sync/records.ts";
import type { ScreenValues } from "../systems/salesforce/screens.ts";
import { shorten } from "../sync/shorten.ts";

const oneYearMs = 366 * 24 * 3_600_000;

/** @returns null for Events that ended more than a year ago: nobody connects them any more */
export async function eventRows(
  query: Kysely<Tables>,
  connection: string,
  eventIds: readonly string[],
  nowMs: number,
): Promise<Map<string, ScreenValues | null>> {
  const seen = await eventsSeen(query, connection, eventIds);
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

function valuesOf(event: CircaEvent): ScreenValues {
  const { values } = event;
  return {
    Event_Id__c: event.id,
    Name: shorten(event.name === "" ? event.id : event.name, 80),
    Start_Date__c: dateOf(values["start_date"]),
    End_Date__c: dateOf(values["end_date"]),
    Status__c: textOf(values["status"], 40),
    Team__c: textOf(values["team"], 120),
    Location__c: textOf(values["location"], 255),
    Url__c: urlOf(event),
    Is_Active__c: true,
  };
}

function isPast(event: CircaEvent, nowMs: number): boolean {
  const end = dateOf(event.values["end_date"]) ?? dateOf(event.values["start_date"]);
  return end !== null && Date.parse(end) < nowMs - oneYearMs;
}

/** Where the Event is shown in Circa; null where Circa does not tell. */
export function urlOf(event: CircaEvent): string | null {
  const url = event.values["brief_url"];
  // A cut address leads nowhere.
  return typeof url === "string" && /^https?:/.test(url) && url.length <= 255 ? url : null;
}

function dateOf(value: unknown): string | null {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

function textOf(value: unknown, longest: number): string | null {
  if (typeof value === "string") return value === "" ? null : shorten(value, longest);
  if (typeof value === "object" && value !== null && "name" in value) {
    return textOf(value.name, longest);
  }
  return null;
}
