/** Open and closed problems. A problem closes by itself once its field or link is in line. */
import type { Kysely, Transaction } from "kysely";
import type { Problem } from "../../sync/problem.ts";
import { markScreenRows } from "./screen-rows.ts";
import type { Tables } from "./tables.ts";

export interface StoredProblem extends Omit<Problem, "code"> {
  /** Of the catalogue, as it was when the problem opened. */
  readonly code: string;
  /** null for a problem of a field as a whole, which names its Events in words. */
  readonly eventId: string | null;
  readonly campaignId: string | null;
  readonly openedAt: number;
  readonly seenAt: number;
}

const keyOf = (eventId: string | null, fieldKey: string | null) =>
  `${eventId ?? ""}/${fieldKey ?? ""}`;

/**
 * Makes `problems` the open ones of this Event: new ones open, missing ones close.
 * @returns true when there were any to open, to see again or to close
 */
export async function setProblems(
  trx: Transaction<Tables>,
  connection: string,
  eventId: string,
  campaignId: string | null,
  problems: readonly Problem[],
  nowMs: number,
): Promise<boolean> {
  let gone = trx
    .updateTable("problems")
    .set({ closed_at: nowMs })
    .where("connection", "=", connection)
    .where("event_id", "=", eventId)
    .where("closed_at", "is", null);
  const keys = problems.map((problem) => keyOf(eventId, problem.fieldKey));
  if (keys.length > 0) gone = gone.where("problem_key", "not in", keys);
  const closed = (await gone.returning("problem_key").execute()).map((row) => row.problem_key);
  for (const problem of problems) {
    await putProblem(trx, { connection, eventId, campaignId, problem, nowMs });
  }
  const moved = [...closed, ...keys];
  await markScreenRows(trx, connection, "issue", moved);
  return moved.length > 0;
}

/** Opens one problem of this Event and leaves its others as they are. */
export async function openProblem(
  trx: Transaction<Tables>,
  connection: string,
  eventId: string,
  campaignId: string | null,
  problem: Problem,
  nowMs: number,
): Promise<void> {
  await putProblem(trx, { connection, eventId, campaignId, problem, nowMs });
  await markScreenRows(trx, connection, "issue", [keyOf(eventId, problem.fieldKey)]);
}

/**
 * Opens or closes the problem that a field has as a whole, over all its Events.
 * @returns true when it has just opened
 */
export async function setFieldProblem(
  trx: Transaction<Tables>,
  connection: string,
  fieldKey: string,
  problem: Problem | null,
  nowMs: number,
): Promise<boolean> {
  const row = { connection, problem_key: keyOf(null, fieldKey) };
  if (problem === null) {
    const closed = await trx
      .updateTable("problems")
      .set({ closed_at: nowMs })
      .where((eb) => eb.and(row))
      .where("closed_at", "is", null)
      .returning("problem_key")
      .execute();
    if (closed.length > 0) await markScreenRows(trx, connection, "issue", [row.problem_key]);
    return false;
  }
  const open = await trx
    .selectFrom("problems")
    .select("problem_key")
    .where((eb) => eb.and(row))
    .where("closed_at", "is", null)
    .executeTakeFirst();
  await putProblem(trx, { connection, eventId: null, campaignId: null, problem, nowMs });
  if (open === undefined) await markScreenRows(trx, connection, "issue", [row.problem_key]);
  return open === undefined;
}

interface NewProblem {
  readonly connection: string;
  readonly eventId: string | null;
  readonly campaignId: string | null;
  readonly problem: Problem;
  readonly nowMs: number;
}

/** One that is open already stays open since it opened. */
async function putProblem(
  trx: Transaction<Tables>,
  { connection, eventId, campaignId, problem, nowMs }: NewProblem,
): Promise<void> {
  const values = {
    campaign_id: campaignId,
    code: problem.code,
    message: problem.message,
    hint: problem.hint,
    seen_at: nowMs,
  };
  await trx
    .insertInto("problems")
    .values({
      connection,
      problem_key: keyOf(eventId, problem.fieldKey),
      event_id: eventId,
      field_key: problem.fieldKey,
      field_label: problem.fieldLabel,
      opened_at: nowMs,
      closed_at: null,
      ...values,
    })
    .onConflict((conflict) =>
      conflict.columns(["connection", "problem_key"]).doUpdateSet((eb) => ({
        ...values,
        opened_at: eb
          .case()
          .when("problems.closed_at", "is", null)
          .then(eb.ref("problems.opened_at"))
          .else(nowMs)
          .end(),
        closed_at: null,
      })),
    )
    .execute();
}

/** The fields that have an open problem of this code as a whole. */
export async function fieldsWithProblem(
  query: Kysely<Tables>,
  connection: string,
  code: string,
): Promise<string[]> {
  const rows = await query
    .selectFrom("problems")
    .select("field_key")
    .where("connection", "=", connection)
    .where("event_id", "is", null)
    .where("code", "=", code)
    .where("closed_at", "is", null)
    .execute();
  return rows.flatMap((row) => row.field_key ?? []);
}

/** The Events that have an open problem of this code. */
export async function eventsWithProblem(
  query: Kysely<Tables>,
  connection: string,
  code: string,
): Promise<string[]> {
  const rows = await query
    .selectFrom("problems")
    .select("event_id")
    .distinct()
    .where("connection", "=", connection)
    .where("code", "=", code)
    .where("closed_at", "is", null)
    .execute();
  return rows.flatMap((row) => row.event_id ?? []);
}

/** Events with an open problem that has to do with one of these Campaigns, by Campaign Id. */
export async function eventIdsOfOpenProblems(
  query: Kysely<Tables>,
  connection: string,
  campaignIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (campaignIds.length === 0) return found;
  const rows = await query
    .selectFrom("problems")
    .select(["campaign_id", "event_id"])
    .distinct()
    .where("connection", "=", connection)
    .where("closed_at", "is", null)
    .where("campaign_id", "in", campaignIds)
    .execute();
  for (const { campaign_id: campaignId, event_id: eventId } of rows) {
    if (campaignId === null || eventId === null) continue;
    found.set(campaignId, [...(found.get(campaignId) ?? []), eventId]);
  }
  return found;
}

export async function openProblems(
  query: Kysely<Tables>,
  connection: string,
  limit: number,
): Promise<StoredProblem[]> {
  const rows = await query
    .selectFrom("problems")
    .selectAll()
    .where("connection", "=", connection)
    .where("closed_at", "is", null)
    .orderBy("opened_at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    campaignId: row.campaign_id,
    fieldKey: row.field_key,
    fieldLabel: row.field_label,
    code: row.code,
    message: row.message,
    hint: row.hint,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
  }));
}

export async function countOpenProblems(
  query: Kysely<Tables>,
  connection: string,
): Promise<number> {
  const row = await query
    .selectFrom("problems")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("connection", "=", connection)
    .where("closed_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Forgets problems that were closed before `beforeMs`. */
export async function forgetClosedProblems(
  query: Kysely<Tables>,
  connection: string,
  beforeMs: number,
): Promise<void> {
  await query
    .deleteFrom("problems")
    .where("connection", "=", connection)
    .where("closed_at", "<", beforeMs)
    .execute();
}
