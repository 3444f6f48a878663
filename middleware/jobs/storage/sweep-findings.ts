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
  /** When the record was changed, by its own system's clock; null when that is not known. */
  readonly changedAt: number | null;
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
      changed_at: finding.changedAt,
      found_at: nowMs,
      settles_at: finding.settlesAt,
    }));
    await trx.insertInto("sweep_findings").values(rows).execute();
  }
}

/** A webhook came after all: what the Event was by then was not missed. Echoes tell of later states. */
export async function webhookArrived(
  trx: Transaction<Tables>,
  connection: string,
  { id, updatedAt }: { readonly id: string; readonly updatedAt: number },
): Promise<void> {
  await trx
    .deleteFrom("sweep_findings")
    .where("connection", "=", connection)
    .where("settles_at", "is not", null)
    .where("side", "=", "circa")
    .where("event_id", "=", id)
    .where("changed_at", ">=", updatedAt)
    .execute();
}

/** The stream told of these Campaigns after all. */
export async function signalArrived(
  trx: Transaction<Tables>,
  connection: string,
  campaignIds: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom("sweep_findings")
    .where("connection", "=", connection)
    .where("settles_at", "is not", null)
    .where("side", "=", "salesforce")
    .where("campaign_id", "in", campaignIds)
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
