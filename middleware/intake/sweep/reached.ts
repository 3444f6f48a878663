/**
 * How far a side has been swept. What carries an older time may still come to light for a while
 * (long transactions, clocks), so the last minutes are read again: by each sweep until one that
 * began long enough after the newest change was seen has found nothing behind it. From then on an
 * idle sweep starts right there, and what a bulk edit had moved within those minutes is not read
 * again and again.
 *
 * What a system says of its times is checked: no position lies beyond its own clock, and one that
 * does, that can't be read, or behind which nothing has come for a day, is looked behind.
 */
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Clock } from "../../runtime/clock.ts";
import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointName,
} from "../../store/intake/checkpoints.ts";
import { readJson } from "../../store/database/json-column.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { Database } from "../../store/database/database.ts";

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
  /**
   * The last pass read several pages, between which rows may have slipped: the next one starts at
   * this time, up to which there had been a pass before.
   */
  againMs: z.number().optional(),
  /** When something was last read, or everything, by this service's clock. */
  readAtMs: z.number().optional(),
});
/**
 * Both systems' clocks and long transactions let a change carry a time that was already swept
 * over; five minutes back covers them.
 */
export const overlapMs = 5 * 60_000;

export type Reached = z.infer<typeof reachedSchema>;

/** The longest transaction, with room: ten minutes is Salesforce's limit for one call. */
const settlesAfterMs = 15 * 60_000;

type ReachedName = Extract<CheckpointName, "sweep_salesforce" | "sweep_circa" | "poll_circa">;

/** Looks at everything again: what is found counts as missed, unlike at the very first pass. */
const fromTheStart: Reached = { newestMs: 0, lastId: "", settled: false };

/** Not even one record in this time: then it is more likely that we look in the wrong place. */
const maxSilenceMs = 24 * 3_600_000;

interface ReachedParts {
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * @param systemNowMs the time as that system has it
 * @returns null before the first pass; the very start where the position kept can't be right
 */
export async function readReached(
  { database, clock }: ReachedParts,
  name: ReachedName,
  systemNowMs: number,
): Promise<Reached | null> {
  const text = await readCheckpoint(database.query, name);
  if (text === null) return null;
  const reached = parseReached(text);
  const { newestMs, readAtMs } = reached;
  const isPossible = newestMs >= 0 && newestMs <= systemNowMs + overlapMs;
  const isSilent = readAtMs !== undefined && clock.now() - readAtMs > maxSilenceMs;
  return isPossible && !isSilent ? reached : fromTheStart;
}

function parseReached(text: string): Reached {
  // Releases before this one kept the time alone.
  const json = readJson(text, z.union([z.number(), reachedSchema])) ?? fromTheStart;
  return typeof json === "number" ? { newestMs: json, lastId: "", settled: false } : json;
}

/**
 * The newest of these times that the system's clock has reached; `before` when there is none.
 * A time in the future (an import, a clock that was wrong) says nothing of what was read.
 */
export function newestPossible(
  before: number,
  times: readonly number[],
  systemNowMs: number,
): number {
  return Math.max(before, ...times.filter((time) => time <= systemNowMs));
}

export async function writeReached(
  trx: Transaction<Tables>,
  name: ReachedName,
  reached: Reached,
  nowMs: number,
): Promise<void> {
  await writeCheckpoint(trx, name, JSON.stringify(reached), nowMs);
}

/** What a pass has read beside times. */
export interface Reading {
  readonly rows: number;
  readonly pages: number;
  /** By this service's clock. */
  readonly atMs: number;
}

/** Adds what guides the next pass when there was little or much to read. */
export function withReading(
  reached: Reached,
  before: Reached | null,
  { rows, pages, atMs }: Reading,
): Reached {
  const { newestMs = 0, readAtMs = atMs } = before ?? {};
  const isNews = rows > 0 || newestMs === 0;
  const again = pages > 1 && newestMs < reached.newestMs ? { againMs: newestMs } : {};
  return { ...reached, ...again, readAtMs: isNews ? atMs : readAtMs };
}

/** Where to start reading by whole seconds, in milliseconds since the epoch. */
export function sinceOf(reached: Reached | null): number {
  if (reached === null) return 0;
  const { newestMs, againMs = newestMs, settled } = reached;
  return settled ? newestMs + 1_000 : Math.max(0, Math.min(newestMs, againMs) - overlapMs);
}

/** Where to start reading. */
export function startOf(reached: Reached | null): { modifiedAt: number; id: string | null } {
  if (reached === null) return { modifiedAt: 0, id: null };
  if (reached.settled) return { modifiedAt: reached.newestMs, id: reached.lastId };
  return { modifiedAt: Math.max(0, reached.newestMs - overlapMs), id: null };
}

/**
 * Tells whether a pass began long enough after this process first saw what is newest. That is kept
 * in memory and by a monotonic clock: a wall clock that leaps ahead would let time pass in
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
