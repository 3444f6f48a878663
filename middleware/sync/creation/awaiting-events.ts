/** Events that get a Campaign once the setting is switched on: as last seen, without asking Circa. */
import { statusesOfUnlinkedEvents } from "../../store/links/event-link-history.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../store/database/tables.ts";
import { reachesStatus, type Creation } from "./setting/check-setting.ts";

/** @returns ids of the Events that never had a Campaign and whose status is a chosen one */
export async function eventsAwaitingCampaign(
  query: Kysely<Tables>,
  { rule }: Creation,
): Promise<string[]> {
  if (rule === null) return [];
  const eventIds: string[] = [];
  for await (const page of statusesOfUnlinkedEvents(query)) {
    for (const { eventId, status } of page) {
      if (reachesStatus(rule, status)) eventIds.push(eventId);
    }
  }
  return eventIds;
}
