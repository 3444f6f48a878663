/** What the queue knows of some links, for those who would signal them. */
import type { Kysely } from "kysely";
import type { Subject } from "./due-links.ts";
import type { Tables } from "./storage/tables.ts";

/** `claimed`: being worked on now. `due`: next in turn. `later`: waits for its next try. */
export type Waiting = "claimed" | "due" | "later";

/** @returns nothing for those that are not in the queue */
export async function waitingLinks(
  query: Kysely<Tables>,
  connection: string,
  subjects: readonly Subject[],
  nowMs: number,
): Promise<Map<Subject, Waiting>> {
  if (subjects.length === 0) return new Map();
  const rows = await query
    .selectFrom("due_links")
    .select(["subject", "due_at", "claimed_until"])
    .where("connection", "=", connection)
    .where("subject", "in", subjects)
    .execute();
  return new Map(
    rows.map((row): [Subject, Waiting] => {
      const claimed = row.claimed_until !== null && row.claimed_until >= nowMs;
      return [row.subject as Subject, claimed ? "claimed" : row.due_at <= nowMs ? "due" : "later"];
    }),
  );
}
