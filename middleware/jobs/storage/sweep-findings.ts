/**
 * What sweeps found, one row per finding. A change that is younger than its notice may take is kept
 * as unsettled: the notice's arrival takes it back, and without one it counts as missed.
 */
import type { Kysely, Transaction } from "kysely";
import type { MissedCause } from "../../intake/missed-causes.ts";
import { rowsPerStatement } from "./engine.ts";
import type { Tables } from "./tables.ts";

export interface Finding {
  readonly eventId: string;
  readonly campaignId: string | null;
  /** Where something had happened that nobody told. */
  readonly side: "circa" | "salesforce";
  readonly cause: MissedCause;
  /** Until then its notice may still arrive; null: it was missed. */
  readonly settlesAt: number | null;
}

export async function addFindings(
  trx: Transaction<Tables>,
  connection: string,
  runId: number,
  findings: readonly Finding[],
  nowMs: number,
): Promise<void> {
  for (let start = 0; start < findings.length; start += rowsPerStatement) {
    const rows = findings.slice(start, start + rowsPerStatement).map((finding) => ({
      connection,
      run_id: runId,
      event_id: finding.eventId,
      campaign_id: finding.campaignId,
      side: finding.side,
      cause: finding.cause,
      found_at: nowMs,
      settles_at: finding.settlesAt,
    }));
    await trx.insertInto("sweep_findings").values(rows).execute();
  }
}

/** The notices of these arrived after all: nothing was missed. */
export async function noticeArrived(
  trx: Transaction<Tables>,
  connection: string,
  side: Finding["side"],
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .deleteFrom("sweep_findings")
    .where("connection", "=", connection)
    .where("settles_at", "is not", null)
    .where("side", "=", side)
    .where(side === "circa" ? "event_id" : "campaign_id", "in", ids)
    .execute();
}

/** @returns the causes of those whose time has come: they were missed, one by one */
export async function settleFindings(
  query: Kysely<Tables>,
  connection: string,
  nowMs: number,
): Promise<string[]> {
  const rows = await query
    .updateTable("sweep_findings")
    .set({ settles_at: null })
    .where("connection", "=", connection)
    .where("settles_at", "<=", nowMs)
    .returning("cause")
    .execute();
  return rows.map(({ cause }) => cause);
}

/** What was missed, by cause; of one run, or of all that was found since `sinceMs`. */
export async function missedByCause(
  query: Kysely<Tables>,
  connection: string,
  of: { readonly runId: number } | { readonly sinceMs: number },
): Promise<Record<string, number>> {
  const all = query
    .selectFrom("sweep_findings")
    .select((eb) => ["cause", eb.fn.countAll<number>().as("count")])
    .where("connection", "=", connection)
    .where("settles_at", "is", null);
  const chosen =
    "runId" in of ? all.where("run_id", "=", of.runId) : all.where("found_at", ">=", of.sinceMs);
  const rows = await chosen.groupBy("cause").orderBy("cause").execute();
  return Object.fromEntries(rows.map(({ cause, count }) => [cause, count]));
}

/** How many of this run's findings may still turn out to be on their way. */
export async function countUnsettled(
  query: Kysely<Tables>,
  connection: string,
  runId: number,
): Promise<number> {
  const row = await query
    .selectFrom("sweep_findings")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("connection", "=", connection)
    .where("run_id", "=", runId)
    .where("settles_at", "is not", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function forgetFindings(
  query: Kysely<Tables>,
  connection: string,
  beforeMs: number,
): Promise<void> {
  await query
    .deleteFrom("sweep_findings")
    .where("connection", "=", connection)
    .where("found_at", "<", beforeMs)
    .execute();
}
