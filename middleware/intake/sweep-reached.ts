/**
 * How far a side has been swept. What carries an older time may still come to light for a while
 * (long transactions, clocks), so the last minutes are read again: by each sweep until one that
 * began long enough after the newest change has found nothing behind it. From then on an idle
 * sweep starts right there, and what a bulk edit had moved within those minutes is not read again
 * and again.
 */
import type { Transaction } from "kysely";
import { z } from "zod";
import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointName,
} from "../jobs/storage/checkpoints.ts";
import type { Tables } from "../jobs/storage/tables.ts";
import { overlapMs, type SweepParts } from "./sweep-parts.ts";

const reachedSchema = z.object({
  /** Time of the newest change seen, in milliseconds since the epoch. */
  newestMs: z.number(),
  /** The last record of that time, in the order of its Id; blank where the order is another. */
  lastId: z.string(),
  /** When it was seen first. */
  seenAt: z.number(),
  /** Nothing older can come to light any more. */
  settled: z.boolean(),
});
export type Reached = z.infer<typeof reachedSchema>;

/** The longest transaction, with room: ten minutes is Salesforce's limit for one call. */
const settlesAfterMs = 15 * 60_000;

type ReachedName = Extract<CheckpointName, "sweep_salesforce" | "sweep_circa" | "poll_circa">;

/** @returns null before the first pass */
export async function readReached(
  { database, connection }: Pick<SweepParts, "database" | "connection">,
  name: ReachedName,
): Promise<Reached | null> {
  const text = await readCheckpoint(database.query, connection, name);
  if (text === null) return null;
  const json: unknown = JSON.parse(text);
  // Releases before this one kept the time alone.
  if (typeof json === "number") return { newestMs: json, lastId: "", seenAt: 0, settled: false };
  return reachedSchema.parse(json);
}

export async function writeReached(
  trx: Transaction<Tables>,
  connection: string,
  name: ReachedName,
  reached: Reached,
  nowMs: number,
): Promise<void> {
  await writeCheckpoint(trx, connection, name, JSON.stringify(reached), nowMs);
}

/** Where to start reading. */
export function startOf(reached: Reached | null): { modifiedAt: number; id: string | null } {
  if (reached === null) return { modifiedAt: 0, id: null };
  if (reached.settled) return { modifiedAt: reached.newestMs, id: reached.lastId };
  return { modifiedAt: Math.max(0, reached.newestMs - overlapMs), id: null };
}

/**
 * How far it is after a pass.
 * @param pass when it started, and the newest that it saw; blank `lastId` when it saw nothing
 */
export function reachedAfter(
  before: Reached | null,
  pass: { readonly startedAt: number; readonly newestMs: number; readonly lastId: string },
): Reached {
  const { startedAt, newestMs, lastId } = pass;
  const same =
    before !== null &&
    (newestMs < before.newestMs || (newestMs === before.newestMs && lastId <= before.lastId));
  if (!same) return { newestMs, lastId, seenAt: startedAt, settled: false };
  const ageMs = startedAt - before.seenAt;
  return { ...before, settled: before.settled || ageMs >= settlesAfterMs };
}
