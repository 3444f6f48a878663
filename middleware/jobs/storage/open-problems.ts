/** What is known to be wrong with some Events' links, so that nobody finds it anew. */
import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

export interface KnownProblems {
  /** Keys of the fields that have a problem of their own. */
  readonly fields: ReadonlySet<string>;
  /** The link as a whole has one. */
  readonly link: boolean;
}

/** @returns the open problems by Event; Events without any are missing */
export async function knownProblems(
  query: Kysely<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<Map<string, KnownProblems>> {
  if (eventIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("problems")
    .select(["event_id", "field_key"])
    .where("connection", "=", connection)
    .where("closed_at", "is", null)
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
export async function eventIdsWithLinkProblem(
  query: Kysely<Tables>,
  connection: string,
): Promise<string[]> {
  const rows = await query
    .selectFrom("problems")
    .select("event_id")
    .where("connection", "=", connection)
    .where("closed_at", "is", null)
    .where("field_key", "is", null)
    .where("event_id", "is not", null)
    .orderBy("event_id")
    .execute();
  return rows.flatMap((row) => row.event_id ?? []);
}
