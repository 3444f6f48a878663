/** Problems of Events as screens ask for them: by key, open or closed, and those of some Events. */
import type { Kysely, Selectable } from "kysely";
import { eventKind } from "../../model/link-kinds.ts";
import { toStoredProblem, type StoredProblem } from "./open-problems.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface ShownProblem extends StoredProblem {
  /** null while it is open. */
  readonly closedAt: number | null;
}

/** Keys that name no problem are missing from the map. */
export async function problemsByKey(
  query: Kysely<Tables>,
  keys: readonly string[],
): Promise<Map<string, ShownProblem>> {
  if (keys.length === 0) return new Map();
  const rows = await query
    .selectFrom("problems")
    .selectAll()
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", eventKind)
    .where("problem_key", "in", keys)
    .execute();
  return new Map(rows.map((row) => [row.problem_key, toProblem(row)]));
}

export async function openProblemsOfEvents(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<ShownProblem[]> {
  if (eventIds.length === 0) return [];
  const rows = await query
    .selectFrom("problems")
    .selectAll()
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", eventKind)
    .where("event_id", "in", eventIds)
    .where("closed_at", "is", null)
    .execute();
  return rows.map(toProblem);
}

function toProblem(row: Selectable<Tables["problems"]>): ShownProblem {
  return { ...toStoredProblem(row), closedAt: row.closed_at };
}
