/** Links whose last sync pass could not be finished: since when, and why. */
import type { Kysely } from "kysely";
import { eventSubject } from "./due-links.ts";
import type { Tables } from "../store/database/tables.ts";
import { tenantOf } from "../store/database/tenant.ts";

export interface Retry {
  /** When the notification arrived that has not been answered yet. */
  readonly since: number | null;
  readonly error: string | null;
}

/** @returns by Event id; those without a failed attempt are missing */
export async function retriesOf(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<Map<string, Retry>> {
  if (eventIds.length === 0) return new Map();
  const ids = new Map(eventIds.map((id) => [eventSubject(id) as string, id]));
  const rows = await query
    .selectFrom("due_links")
    .select(["subject", "signalled_at", "last_error"])
    .where("tenant", "=", tenantOf(query))
    .where("subject", "in", [...ids.keys()])
    .where("last_error", "is not", null)
    .execute();
  return new Map(
    rows.map((row) => [
      ids.get(row.subject) ?? "",
      { since: row.signalled_at, error: row.last_error },
    ]),
  );
}
