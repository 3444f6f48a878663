/**
 * How far a side has been swept. What carries an older time may still come to light for a while
 * (long transactions, clocks), so the last minutes are read again: by each sweep until one that
 * began long enough after the newest change was seen has found nothing behind it. From then on an
 * idle sweep starts right there, and what a bulk edit had moved within those minutes is not read
 * again and again.
 */
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointName,
} from "../jobs/storage/checkpoints.ts";
import { readJson } from "../jobs/storage/json-column.ts";
import type { Tables } from "../jobs/storage/tables.ts";
import { overlapMs, type SweepParts } from "./sweep-parts.ts";

/** Time of the newest change seen, and the last record of that time. */
interface Newest {
  /** Milliseconds since the epoch. */
  readonly newestMs: number;
  /** In the order of its Id; blank where the order is another. */
  readonly lastId: string;
}

const reachedSchema = z.object({
  newestMs: z.number(),
  lastId: z.string(),
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
  // Releases before this one kept the time alone; one that can't be read is as good as none.
  const json = readJson(text, z.union([z.number(), reachedSchema]));
  return typeof json === "number" ? { newestMs: json, lastId: "", settled: false } : json;
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
 * Tells whether a pass began long enough after this process first saw what is newest. That is kept
 * in memory and measured by a clock that nobody sets: one that leaps ahead would let time pass in
 * which no transaction has ended. After a restart it is waited for anew.
 */
export class NewestSeen {
  readonly #clock: Clock;
  readonly #seen = new Map<ReachedName, Newest & { readonly atMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * How far a side is after a pass.
   * @param pass the newest that it saw, blank `lastId` when it saw nothing, and when it began by
   * `Clock.elapsedMs`; null for one that began in the middle
   */
  reachedAfter(
    name: ReachedName,
    before: Reached | null,
    pass: Newest & { readonly beganMs: number | null },
  ): Reached {
    const isNews =
      before === null ||
      pass.newestMs > before.newestMs ||
      (pass.newestMs === before.newestMs && pass.lastId > before.lastId);
    const { newestMs, lastId } = isNews ? pass : before;
    const seen = this.#seen.get(name);
    if (seen?.newestMs !== newestMs || seen.lastId !== lastId) {
      this.#seen.set(name, { newestMs, lastId, atMs: this.#clock.elapsedMs() });
      return { newestMs, lastId, settled: !isNews && before.settled };
    }
    const waited = pass.beganMs !== null && pass.beganMs - seen.atMs >= settlesAfterMs;
    return { newestMs, lastId, settled: !isNews && (before.settled || waited) };
  }
}
