/** Sweeps: one per time slot, with the page it is at and its findings. */
import { sql, type Kysely, type Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { lockAll } from "../database/engine.ts";
import { readJson } from "../database/json-column.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export const runKinds = ["sweep", "full"] as const;
/** `sweep`: what has moved since the last one. `full`: everything. */
export type RunKind = (typeof runKinds)[number];

export const runStates = ["running", "done", "failed", "skipped"] as const;

export interface Run {
  readonly id: number;
  readonly kind: RunKind;
  readonly slot: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: (typeof runStates)[number];
  readonly findings: Readonly<Record<string, number>>;
  /** Failed attempts so far. */
  readonly attempts: number;
  /** Why it failed or was left out; null when neither. */
  readonly reason: string | null;
}

/** A run to resume. */
export interface OpenRun extends Run {
  /** JSON of where its next page starts; null before the first. */
  readonly progress: string | null;
  /** It had begun before: it covers what has changed since then, not since now. */
  readonly resumed: boolean;
}

/** A run older than this is not taken up again: what it would find, a newer one finds. */
const maxPauseMs = 24 * 3_600_000;

/**
 * Resumes the last run of this kind if it did not finish, else starts the one of `slot`. Only for
 * the holder of the lease: the node that began the run has ended.
 * @returns null when the slot's run has been
 */
export function openRun(
  database: Database,
  kind: RunKind,
  slot: string,
  nowMs: number,
): Promise<OpenRun | null> {
  return database.write(async (trx) => {
    const last = await lockAll(database, latest(trx, kind)).executeTakeFirst();
    if (last !== undefined && isUnfinished(last, nowMs)) {
      const set = { state: "running", retry_at: null } as const;
      await trx.updateTable("runs").set(set).where("id", "=", last.id).execute();
      return { ...toRun(last), state: "running", progress: last.progress, resumed: true };
    }
    await setAsideFuture(trx, { kind, slot, nowMs });
    const row = await trx
      .insertInto("runs")
      .values({
        tenant: tenantOf(trx),
        kind,
        slot,
        started_at: nowMs,
        state: "running",
        findings: "{}",
      })
      .onConflict((conflict) => conflict.columns(["tenant", "kind", "slot"]).doNothing())
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : { ...toRun(row), progress: null, resumed: false };
  });
}

/** Processes' clocks differ by less; a time further ahead is of a clock that has gone back. */
const clocksDifferMs = 60_000;

function isAhead(timeMs: number | null, nowMs: number): boolean {
  return timeMs !== null && timeMs > nowMs + clocksDifferMs;
}

/** A run of this slot that lies ahead is of a clock that has gone back: it counts as not run. */
async function setAsideFuture(
  trx: Transaction<Tables>,
  { kind, slot, nowMs }: { kind: RunKind; slot: string; nowMs: number },
): Promise<void> {
  await trx
    .updateTable("runs")
    .set((eb) => ({ slot: sql<string>`${slot} || '-ahead-' || ${eb.ref("id")}` }))
    .where("tenant", "=", tenantOf(trx))
    .where("kind", "=", kind)
    .where("slot", "=", slot)
    .where("started_at", ">", nowMs + clocksDifferMs)
    .execute();
}

/** The kinds whose last run did not finish, as far as it is time to resume them. */
export async function unfinishedKinds(
  query: Kysely<Tables>,

  nowMs: number,
): Promise<RunKind[]> {
  const kinds: RunKind[] = [];
  for (const kind of runKinds) {
    const last = await latest(query, kind).executeTakeFirst();
    if (last === undefined || !isUnfinished(last, nowMs)) continue;
    if (last.retry_at === null || last.retry_at <= nowMs || isAhead(last.ended_at, nowMs)) {
      kinds.push(kind);
    }
  }
  return kinds;
}

/** Keeps where the next page starts, with the counts so far. */
export async function saveProgress(
  trx: Transaction<Tables>,
  id: number,
  progress: string,
  findings: Readonly<Record<string, number>>,
): Promise<void> {
  await trx
    .updateTable("runs")
    .set({ progress, findings: JSON.stringify(findings) })
    .where("id", "=", id)
    .execute();
}

export async function endRun(
  query: Kysely<Tables>,
  id: number,
  findings: Readonly<Record<string, number>>,
  nowMs: number,
): Promise<void> {
  await query
    .updateTable("runs")
    .set({ state: "done", ended_at: nowMs, reason: null, findings: JSON.stringify(findings) })
    .where("id", "=", id)
    .execute();
  await query.deleteFrom("sweep_seen").where("run_id", "=", id).execute();
}

/** The run resumes from its last page at `retryAtMs`. */
export async function failRun(
  query: Kysely<Tables>,
  id: number,
  { reason, retryAtMs, nowMs }: { reason: string; retryAtMs: number; nowMs: number },
): Promise<void> {
  await query
    .updateTable("runs")
    .set((eb) => ({
      state: "failed",
      ended_at: nowMs,
      reason,
      retry_at: retryAtMs,
      attempts: eb("attempts", "+", 1),
    }))
    .where("id", "=", id)
    .execute();
}

/** Says that the slot's run was left out. */
export async function skipRun(
  query: Kysely<Tables>,
  { kind, slot, reason, nowMs }: { kind: RunKind; slot: string; reason: string; nowMs: number },
): Promise<void> {
  const times = { started_at: nowMs, ended_at: nowMs };
  await query
    .insertInto("runs")
    .values({
      tenant: tenantOf(query),
      kind,
      slot,
      ...times,
      state: "skipped",
      findings: "{}",
      reason,
    })
    .onConflict((conflict) => conflict.columns(["tenant", "kind", "slot"]).doNothing())
    .execute();
}

export async function lastRun(query: Kysely<Tables>, kind: RunKind): Promise<Run | null> {
  const row = await latest(query, kind).executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** Forgets runs that ended before `beforeMs`. */
export async function purgeRuns(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  await query
    .deleteFrom("runs")
    .where("tenant", "=", tenantOf(query))
    .where("ended_at", "<", beforeMs)
    .execute();
}

function latest(query: Kysely<Tables>, kind: RunKind) {
  return query
    .selectFrom("runs")
    .selectAll()
    .where("tenant", "=", tenantOf(query))
    .where("kind", "=", kind)
    .orderBy("id", "desc")
    .limit(1);
}

type Row = Awaited<ReturnType<ReturnType<typeof latest>["executeTakeFirstOrThrow"]>>;

function isUnfinished({ state, started_at }: Row, nowMs: number): boolean {
  return (state === "running" || state === "failed") && nowMs - started_at < maxPauseMs;
}

function toRun(row: Row): Run {
  return {
    id: row.id,
    kind: z.enum(runKinds).parse(row.kind),
    slot: row.slot,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    state: z.enum(runStates).parse(row.state),
    findings: readJson(row.findings, z.record(z.string(), z.number())) ?? {},
    attempts: row.attempts,
    reason: row.reason,
  };
}
