/**
 * What sweeps found, one row per finding. A change that is younger than its notice may take is kept
 * as unsettled: the notice's arrival takes it back, and without one it counts as missed.
 */
import type { Kysely, Transaction } from "kysely";
import type { MissedCause } from "./missed-causes.ts";
import type { Database } from "../database/database.ts";
import { inStatements, lockAll } from "../database/engine.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface Finding {
  readonly eventId: string;
  readonly campaignId: string | null;
  /** Where something had happened without a notification. */
  readonly side: "circa" | "salesforce";
  readonly cause: MissedCause;
  /** When the record was changed, by its own system's clock; null when that is not known. */
  readonly changedAt: number | null;
  /** Until then its notice may still arrive; null: it was missed. */
  readonly settlesAt: number | null;
}

export async function addFindings(
  trx: Transaction<Tables>,
  runId: number,
  findings: readonly Finding[],
  nowMs: number,
): Promise<void> {
  for (const some of inStatements(findings)) {
    const rows = some.map((finding) => ({
      tenant: tenantOf(trx),
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

/**
 * Webhooks came after all: what the Events were by then was not missed. Echoes tell of later
 * states.
 */
export async function webhooksArrived(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  events: readonly { readonly id: string; readonly updatedAt: number }[],
): Promise<void> {
  const earliest = new Map<string, number>();
  for (const { id, updatedAt } of events) {
    earliest.set(id, Math.min(updatedAt, earliest.get(id) ?? updatedAt));
  }
  for (const ids of inStatements([...earliest.keys()])) {
    const found = unsettled(trx, "circa").where("event_id", "in", ids);
    const rows = await lockAll(database, found).execute();
    const told = rows.filter(
      ({ event_id: id, changed_at: at }) => at !== null && at >= (earliest.get(id) ?? Infinity),
    );
    await takeBack(trx, told);
  }
}

/** The stream announced these Campaigns after all. */
export async function signalArrived(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  campaignIds: readonly string[],
): Promise<void> {
  for (const ids of inStatements(campaignIds)) {
    const told = unsettled(trx, "salesforce").where("campaign_id", "in", ids);
    await takeBack(trx, await lockAll(database, told).execute());
  }
}

/** In one order everywhere, so that no two transactions wait for each other. */
function unsettled(trx: Transaction<Tables>, side: Finding["side"]) {
  return trx
    .selectFrom("sweep_findings")
    .select(["id", "event_id", "changed_at"])
    .where("tenant", "=", tenantOf(trx))
    .where("settles_at", "is not", null)
    .where("side", "=", side)
    .orderBy("id");
}

async function takeBack(
  trx: Transaction<Tables>,
  findings: readonly { readonly id: number }[],
): Promise<void> {
  for (const some of inStatements(findings.map(({ id }) => id))) {
    await trx.deleteFrom("sweep_findings").where("id", "in", some).execute();
  }
}

/** @returns the causes of those whose time has come: they were missed, one by one */
export async function settleFindings(database: Database, nowMs: number): Promise<string[]> {
  return database.write(async (trx) => {
    const due = trx
      .selectFrom("sweep_findings")
      .select(["id", "cause"])
      .where("tenant", "=", tenantOf(trx))
      .where("settles_at", "<=", nowMs)
      .orderBy("id");
    const rows = await lockAll(database, due).execute();
    for (const ids of inStatements(rows.map(({ id }) => id))) {
      await trx
        .updateTable("sweep_findings")
        .set({ settles_at: null })
        .where("id", "in", ids)
        .execute();
    }
    return rows.map(({ cause }) => cause);
  });
}

/** What was missed, by cause; of one run, or of all that was found since `sinceMs`. */
export async function missedByCause(
  query: Kysely<Tables>,
  of: { readonly runId: number } | { readonly sinceMs: number },
): Promise<Record<string, number>> {
  const all = query
    .selectFrom("sweep_findings")
    .select((eb) => ["cause", eb.fn.countAll<number>().as("count")])
    .where("tenant", "=", tenantOf(query))
    .where("settles_at", "is", null);
  const chosen =
    "runId" in of ? all.where("run_id", "=", of.runId) : all.where("found_at", ">=", of.sinceMs);
  const rows = await chosen.groupBy("cause").orderBy("cause").execute();
  return Object.fromEntries(rows.map(({ cause, count }) => [cause, count]));
}

/** How many of this run's findings may still turn out to be on their way. */
export async function countUnsettled(query: Kysely<Tables>, runId: number): Promise<number> {
  const row = await query
    .selectFrom("sweep_findings")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("tenant", "=", tenantOf(query))
    .where("run_id", "=", runId)
    .where("settles_at", "is not", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function purgeFindings(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  await query
    .deleteFrom("sweep_findings")
    .where("tenant", "=", tenantOf(query))
    .where("found_at", "<", beforeMs)
    .execute();
}
