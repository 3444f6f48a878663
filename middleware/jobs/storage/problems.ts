/** Open and closed problems. A problem closes by itself once its field or link is in line. */
import type { Kysely, Transaction } from "kysely";
import type { Problem } from "../../sync/problem.ts";
import type { Tables } from "./tables.ts";

export interface StoredProblem extends Problem {
  readonly eventId: string;
  readonly campaignId: string | null;
  readonly openedAt: number;
  readonly seenAt: number;
}

const keyOf = (eventId: string, fieldKey: string | null) => `${eventId}/${fieldKey ?? ""}`;

/** Makes `problems` the open ones of this Event: new ones open, missing ones close. */
export async function setProblems(
  trx: Transaction<Tables>,
  connection: string,
  eventId: string,
  campaignId: string | null,
  problems: readonly Problem[],
  nowMs: number,
): Promise<void> {
  let gone = trx
    .updateTable("problems")
    .set({ closed_at: nowMs })
    .where("connection", "=", connection)
    .where("event_id", "=", eventId)
    .where("closed_at", "is", null);
  const keys = problems.map((problem) => keyOf(eventId, problem.fieldKey));
  if (keys.length > 0) gone = gone.where("problem_key", "not in", keys);
  await gone.execute();
  for (const problem of problems) {
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
