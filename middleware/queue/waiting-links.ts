/** What the queue knows of some links, for callers that would mark them due. */
import { sql, type Kysely } from "kysely";
import type { Subject } from "./due-links.ts";
import { storeTime } from "../store/database/engine.ts";
import type { Tables } from "../store/database/tables.ts";
import { tenantOf } from "../store/database/tenant.ts";

/** `claimed`: being worked on now. `due`: next in turn. `later`: waits for its next try. */
export type Waiting = "claimed" | "due" | "later";

/** @returns nothing for those that are not in the queue */
export async function waitingLinks(
  query: Kysely<Tables>,
  subjects: readonly Subject[],
  nowMs: number,
): Promise<Map<Subject, Waiting>> {
  if (subjects.length === 0) return new Map();
  const now = storeTime(query, nowMs);
  const rows = await query
    .selectFrom("due_links")
    .select((eb) => [
      "subject",
      eb
        .case()
        .when("claimed_until", ">=", now)
        .then(sql.lit<Waiting>("claimed"))
        .when("due_at", "<=", now)
        .then(sql.lit<Waiting>("due"))
        .else(sql.lit<Waiting>("later"))
        .end()
        .as("waiting"),
    ])
    .where("tenant", "=", tenantOf(query))
    .where("subject", "in", subjects)
    .execute();
  return new Map(rows.map((row) => [row.subject as Subject, row.waiting]));
}
