/** Problems, open and resolved, for the list of problems and the Campaign's page. */
import type { Kysely } from "kysely";
import { eventSnapshots } from "../store/intake/event-snapshots.ts";
import { problemsByKey } from "../store/history/problems-shown.ts";
import type { Tables } from "../store/database/tables.ts";
import type { ScreenValues } from "../systems/salesforce/screens.ts";
import { urlOf } from "./event-rows.ts";

export async function issueRows(
  query: Kysely<Tables>,
  keys: readonly string[],
): Promise<Map<string, ScreenValues | null>> {
  const problems = await problemsByKey(query, keys);
  const eventIds = [...problems.values()].flatMap(({ eventId }) => eventId ?? []);
  const events = await eventSnapshots(query, [...new Set(eventIds)]);
  return new Map(
    keys.map((key) => {
      const problem = problems.get(key);
      if (problem === undefined) return [key, null];
      const event = problem.eventId === null ? null : events.get(problem.eventId)?.event;
      return [
        key,
        {
          Issue_Key__c: key,
          Campaign__c: problem.campaignId,
          Event_Id__c: problem.eventId,
          Event_Name__c: event?.name ?? null,
          Event_Url__c: event == null ? null : urlOf(event),
          Field_Key__c: problem.fieldKey,
          Field_Label__c: problem.fieldLabel,
          Code__c: problem.code,
          Message__c: problem.message,
          Hint__c: problem.hint,
          Parameters__c: JSON.stringify({
            wording: problem.wording,
            parameters: problem.parameters,
          }),
          Status__c: problem.closedAt === null ? "Open" : "Resolved",
          Opened_At__c: new Date(problem.openedAt).toISOString(),
          Seen_At__c: new Date(problem.seenAt).toISOString(),
          Resolved_At__c:
            problem.closedAt === null ? null : new Date(problem.closedAt).toISOString(),
        },
      ];
    }),
  );
}
