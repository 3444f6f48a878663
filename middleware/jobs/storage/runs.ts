/** Sweeps: one per time slot, whoever starts it first, with what it found. */
import type { Kysely } from "kysely";
import { z } from "zod";
import type { Tables } from "./tables.ts";

export interface Run {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: "running" | "done" | "failed";
  readonly findings: Readonly<Record<string, number>>;
}

/** @returns the run's id, or null when another process has this slot */
export async function startRun(
  query: Kysely<Tables>,
  connection: string,
  kind: string,
  slot: string,
  nowMs: number,
): Promise<number | null> {
  const row = await query
    .insertInto("runs")
    .values({ connection, kind, slot, started_at: nowMs, state: "running", findings: "{}" })
    .onConflict((conflict) => conflict.columns(["connection", "kind", "slot"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function endRun(
  query: Kysely<Tables>,
  id: number,
  state: "done" | "failed",
  findings: Readonly<Record<string, number>>,
  nowMs: number,
): Promise<void> {
  await query
    .updateTable("runs")
    .set({ state, ended_at: nowMs, findings: JSON.stringify(findings) })
    .where("id", "=", id)
    .execute();
}

export async function lastRun(
  query: Kysely<Tables>,
  connection: string,
  kind: string,
): Promise<Run | null> {
  const row = await query
    .selectFrom("runs")
    .selectAll()
    .where("connection", "=", connection)
    .where("kind", "=", kind)
    .orderBy("id", "desc")
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    state: z.enum(["running", "done", "failed"]).parse(row.state),
    findings: z.record(z.string(), z.number()).parse(JSON.parse(row.findings)),
  };
}
