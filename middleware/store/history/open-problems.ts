/** What is known to be wrong with Events now: to be shown, tried again, or not found anew. */
import type { Kysely, Selectable } from "kysely";
import { eventKind } from "../../model/link-kinds.ts";
import { z } from "zod";
import type { ProblemCode } from "../../model/problems/index.ts";
import type { Parameter, Parameters } from "../../model/problems/parameters.ts";
import type { Problem } from "../../model/problems/problem.ts";
import { wordsOf, type ProblemWords } from "../../model/problems/words.ts";
import { inStatements } from "../database/engine.ts";
import { readJson } from "../database/json-column.ts";
import { eventSnapshots } from "../intake/event-snapshots.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface StoredProblem extends Omit<Problem, "code" | "wording">, ProblemWords {
  /** Of the catalogue, as it was when the problem opened. */
  readonly code: string;
  readonly wording: string;
  /** null for a problem of a field as a whole, which names its Events in words. */
  readonly eventId: string | null;
  readonly campaignId: string | null;
  readonly openedAt: number;
  readonly seenAt: number;
}

export interface KnownProblems {
  /** Keys of the fields that have a problem of their own. */
  readonly fields: ReadonlySet<string>;
  /** The link as a whole has one. */
  readonly link: boolean;
}

function openOnes(query: Kysely<Tables>) {
  return query
    .selectFrom("problems")
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", eventKind)
    .where("closed_at", "is", null);
}

/** @returns the open problems by Event; Events without any are missing */
export async function knownProblems(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<Map<string, KnownProblems>> {
  if (eventIds.length === 0) return new Map();
  const rows = await openOnes(query)
    .select(["event_id", "field_key"])
    .where("event_id", "in", eventIds)
    .execute();
  const known = new Map<string, { fields: Set<string>; link: boolean }>();
  for (const { event_id: eventId, field_key: fieldKey } of rows) {
    if (eventId === null) continue;
    const of = known.get(eventId) ?? { fields: new Set<string>(), link: false };
    if (fieldKey === null) of.link = true;
    else of.fields.add(fieldKey);
    known.set(eventId, of);
  }
  return known;
}

/** Events whose link as a whole has an open problem. */
export async function eventIdsWithLinkProblem(query: Kysely<Tables>): Promise<string[]> {
  const rows = await openOnes(query)
    .select("event_id")
    .where("field_key", "is", null)
    .where("event_id", "is not", null)
    .orderBy("event_id")
    .execute();
  return rows.flatMap((row) => row.event_id ?? []);
}

/** The fields that have an open problem of this code as a whole. */
export async function fieldsWithProblem(query: Kysely<Tables>, code: string): Promise<string[]> {
  const rows = await openOnes(query)
    .select("field_key")
    .where("event_id", "is", null)
    .where("code", "=", code)
    .execute();
  return rows.flatMap((row) => row.field_key ?? []);
}

/** The Events that have an open problem of this code. */
export async function eventsWithProblem(query: Kysely<Tables>, code: string): Promise<string[]> {
  const rows = await openOnes(query)
    .select("event_id")
    .distinct()
    .where("code", "=", code)
    .execute();
  return rows.flatMap((row) => row.event_id ?? []);
}

/** Events with an open problem that has to do with one of these Campaigns, by Campaign Id. */
export async function eventIdsOfOpenProblems(
  query: Kysely<Tables>,
  campaignIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (campaignIds.length === 0) return new Map();
  const rows = await openOnes(query)
    .select(["campaign_id", "event_id"])
    .distinct()
    .where("campaign_id", "in", campaignIds)
    .execute();
  const found = new Map<string, string[]>();
  const add = (campaignId: string | null | undefined, eventId: string | null) => {
    if (campaignId == null || eventId === null) return;
    found.set(campaignId, [...(found.get(campaignId) ?? []), eventId]);
  };
  for (const row of rows) add(row.campaign_id, row.event_id);
  // A Campaign that was not there is known to the Event that claims it, and not to its problem.
  const asked = new Set<unknown>(campaignIds);
  const claiming = await eventsWithProblem(query, notFoundCode);
  for (const some of inStatements(claiming)) {
    for (const [eventId, { event }] of await eventSnapshots(query, some)) {
      if (asked.has(event?.campaignId)) add(event?.campaignId, eventId);
    }
  }
  return found;
}

const notFoundCode: ProblemCode = "CAMPAIGN_NOT_FOUND";

export async function openProblems(query: Kysely<Tables>, limit: number): Promise<StoredProblem[]> {
  const rows = await openOnes(query)
    .selectAll()
    .orderBy("opened_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(toStoredProblem);
}

const parameterSchema: z.ZodType<Parameter> = z.lazy(() =>
  z.union([z.string(), z.number(), z.array(parameterSchema), parametersSchema]),
);
const parametersSchema: z.ZodType<Parameters> = z.record(z.string(), parameterSchema);

export function toStoredProblem(row: Selectable<Tables["problems"]>): StoredProblem {
  const { code, wording } = row;
  const parameters = readJson(row.parameters, parametersSchema) ?? {};
  return {
    eventId: row.event_id,
    campaignId: row.campaign_id,
    fieldKey: row.field_key,
    fieldLabel: row.field_label,
    code,
    wording,
    parameters,
    ...wordsOf({ code, wording, parameters }),
    openedAt: row.opened_at,
    seenAt: row.seen_at,
  };
}

export async function countOpenProblems(query: Kysely<Tables>): Promise<number> {
  const row = await openOnes(query)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
