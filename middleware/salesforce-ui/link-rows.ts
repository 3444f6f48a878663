/** What the Campaign's page shows of its link: each field's state, and the last changes. */
import type { Kysely } from "kysely";
import { retriesOf } from "../queue/retries.ts";
import { heldBlanks } from "../store/links/initial-syncs.ts";
import { lastChanges, type Change } from "../store/history/history.ts";
import { eventIdsOfCampaigns } from "../store/links/links.ts";
import { openProblemsOfEvents } from "../store/history/problems-shown.ts";
import type { Tables } from "../store/database/tables.ts";
import type { Mapping } from "../sync/mappings/mapping.ts";
import type { ScreenValues } from "../systems/salesforce/screens.ts";
import { shorten } from "../sync/values/shorten.ts";

const changesShown = 10;
const maxValueLength = 255;

export interface LinkRowContext {
  readonly query: Kysely<Tables>;
  readonly mappings: readonly Mapping[];
}

export async function linkRows(
  { query, mappings }: LinkRowContext,
  campaignIds: readonly string[],
): Promise<Map<string, ScreenValues>> {
  const eventIds = await eventIdsOfCampaigns(query, campaignIds);
  const known = [...eventIds.values()];
  const [changes, problems, retries, held] = await Promise.all([
    lastChanges(query, campaignIds, changesShown),
    openProblemsOfEvents(query, known),
    retriesOf(query, known),
    heldBlanks(query, { eventIds: known, limit: known.length * mappings.length }),
  ]);
  return new Map(
    campaignIds.map((campaignId) => {
      const eventId = eventIds.get(campaignId) ?? null;
      const recent = changes.get(campaignId) ?? [];
      const open = problems.filter((problem) => problem.eventId === eventId);
      const waiting = eventId === null ? undefined : retries.get(eventId);
      const stateOf = ({ circa: { key }, identity }: Mapping) => {
        const problem = open.find(({ fieldKey }) => fieldKey === key || fieldKey === null);
        if (problem !== undefined) return ["problem", problem.openedAt, problem.message] as const;
        if (waiting !== undefined) return ["pending", waiting.since, waiting.error] as const;
        const last = recent.find(({ fieldKey }) => fieldKey === key);
        const blank = held.find((it) => it.eventId === eventId && it.mapping === identity);
        return ["in_sync", last?.at ?? null, blank?.message ?? null] as const;
      };
      const fields = mappings.map((mapping) => {
        const [state, since, note] = stateOf(mapping);
        return {
          key: mapping.circa.key,
          state,
          since: since === null ? null : new Date(since).toISOString(),
          note: note === null ? null : shorten(note, maxValueLength),
        };
      });
      const detail =
        eventId === null
          ? { fields: [], changes: [] }
          : { fields, changes: recent.map(showChange) };
      return [
        campaignId,
        { Campaign_Key__c: campaignId, Event_Id__c: eventId, Detail__c: fit(detail) },
      ];
    }),
  );
}

function showChange(change: Change) {
  return {
    at: new Date(change.at).toISOString(),
    fieldKey: change.fieldKey,
    fieldLabel: change.fieldLabel,
    campaignField: change.campaignField,
    direction: change.direction,
    cause: change.cause,
    actor: null,
    note: change.note,
    oldValue: showValue(change.oldValue),
    newValue: showValue(change.newValue),
  };
}

function showValue(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  const text = Array.isArray(value) ? value.join("; ") : value;
  return shorten(typeof text === "string" ? text : JSON.stringify(text), maxValueLength);
}

/** Length of `Detail__c`. */
const maxDetailLength = 32_768;

/** Notes go first, then what is in line, which the page takes for granted, then the oldest changes. */
function fit(detail: {
  fields: readonly { readonly state: string; readonly note: string | null }[];
  changes: readonly unknown[];
}): string {
  const whole = JSON.stringify(detail);
  if (whole.length <= maxDetailLength) return whole;
  const bare = detail.fields.map((field) => ({ ...field, note: null }));
  const withoutNotes = JSON.stringify({ ...detail, fields: bare });
  if (withoutNotes.length <= maxDetailLength) return withoutNotes;
  let fields = bare.filter(({ state }) => state !== "in_sync").slice(0, 100);
  let { changes } = detail;
  for (;;) {
    const text = JSON.stringify({ fields, changes });
    if (text.length <= maxDetailLength) return text;
    if (changes.length > 0) changes = changes.slice(0, -1);
    else fields = fields.slice(0, -1);
  }
}
