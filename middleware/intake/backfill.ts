/**
 * What has to happen once in the background: the first look at both systems, new mappings, gaps
 * of the stream. Each is tried until it has worked.
 */
import { describeError, SystemError } from "../runtime/errors.ts";
import { checkpointTime, readCheckpoint } from "../store/intake/checkpoints.ts";
import { delayAfterError } from "../queue/retry.ts";
import { saveOutage } from "../store/intake/outages.ts";
import type { ChangedList } from "../sync/mappings/hold-missing.ts";
import { keepAlive } from "./alive.ts";
import type { Sweep } from "./sweep/sweep.ts";
import type { SweepParts } from "./sweep/parts.ts";
import { takeMappings } from "./mappings/take-mappings.ts";

/** How long an admin who has repaired a mapping waits at most without saying so. */
const rejectedIntervalMs = 5 * 60_000;
const doubtsIntervalMs = 60_000;

export interface BackfillParts extends SweepParts {
  readonly sweep: Sweep;
  /** Also where a sweep has been before: changes missed while no node ran come at once. */
  readonly sweepAtStart: boolean;
  readonly onLinksDue: () => void;
}

export class Backfill {
  readonly #parts: BackfillParts;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<boolean>>();
  #mappingsHeard = 0;
  #takingMappings = false;
  #comparing: Promise<boolean> | null = null;
  #nextComparing: Promise<boolean> | null = null;
  /** Lists that were announced since they were last read. */
  #told: ChangedList[] = [];

  constructor(parts: BackfillParts) {
    this.#parts = parts;
  }

  start(): void {
    void this.#untilDone("storing this node's time", () =>
      keepAlive(this.#parts, this.#stopping.signal),
    );
    void this.#untilDone("reading the mappings", () => this.#takeMappings());
    void this.#untilDone("comparing both systems at the start", () => this.#firstLook());
    void this.#untilDone("checking rejected mappings again", () => this.#watchRejected());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  /**
   * A mapping or a field has changed: all links are brought in line with it. However often that is
   * heard, they are read once, and once more for what was heard meanwhile.
   * @param told the announced list; what it lacks now was deleted
   */
  mappingsChanged(told?: ChangedList): void {
    this.#mappingsHeard += 1;
    if (told !== undefined) this.#told.push(told);
    if (this.#takingMappings) return;
    this.#takingMappings = true;
    void this.#untilDone("taking over changed mappings", async () => {
      let heard: number;
      do {
        heard = this.#mappingsHeard;
        await this.#takeMappings();
      } while (heard !== this.#mappingsHeard);
      this.#takingMappings = false;
    });
  }

  /**
   * Events of the stream may have been missed: compares instead.
   * @returns true once that is done; false when this process stops before
   */
  gap(reason: string): Promise<boolean> {
    const { clock, log } = this.#parts;
    log.info({ reason }, "comparing by query");
    const untilMs = clock.now();
    if (this.#comparing === null) return this.#compareOnce(untilMs);
    // The one under way may have read too early for this; all that is missed meanwhile waits for
    // one more. An outage must not start a comparison of its own for each session that it ends.
    this.#nextComparing ??= this.#comparing.then(() => {
      this.#nextComparing = null;
      return this.#compareOnce(untilMs);
    });
    return this.#nextComparing;
  }

  #compareOnce(untilMs: number): Promise<boolean> {
    const { database, sweep } = this.#parts;
    this.#comparing = this.#untilDone("comparing by query", async () => {
      const fromMs = await checkpointTime(database.query, "stream");
      // Before the first event nothing was waited for.
      if (fromMs !== null) {
        await saveOutage(database.query, { what: "stream", fromMs, untilMs });
      }
      await sweep.now();
    }).finally(() => (this.#comparing = null));
    return this.#comparing;
  }

  async #takeMappings(): Promise<void> {
    const told = this.#told;
    this.#told = [];
    const { lockFault } = await takeMappings(this.#parts, "anew", told).catch((error: unknown) => {
      this.#told.push(...told);
      throw error;
    });
    this.#parts.onLinksDue();
    // The links use the new mappings already; what is missing in Circa is tried again.
    if (lockFault !== null) throw lockFault;
  }

  /**
   * A mapping that can't work comes back once an admin has repaired what it needs; what is missing
   * without a second sign is looked for again.
   */
  async #watchRejected(): Promise<void> {
    const { clock, mappings } = this.#parts;
    const { signal } = this.#stopping;
    for (let passes = 1; ; passes += 1) {
      await clock.sleep(doubtsIntervalMs, signal);
      if (signal.aborted) return;
      const last = mappings.last();
      if (last !== null && last.doubts.length > 0) await this.#takeMappings();
      if (passes % (rejectedIntervalMs / doubtsIntervalMs) !== 0) continue;
      const faults = last === null ? 1 : last.rejected.length + last.creation.faults.length;
      if (faults > 0) await this.#takeMappings();
    }
  }

  async #firstLook(): Promise<void> {
    const { database, sweep, sweepAtStart } = this.#parts;
    const swept = await readCheckpoint(database.query, "sweep_salesforce");
    if (swept === null || sweepAtStart) await sweep.now();
  }

  /** @returns true when the work has worked; false when this process stops before */
  #untilDone(what: string, work: () => Promise<void>): Promise<boolean> {
    const { clock, log } = this.#parts;
    const { signal } = this.#stopping;
    const running = (async () => {
      for (let attempts = 0; !signal.aborted; attempts += 1) {
        try {
          await work();
          return true;
        } catch (error) {
          // While calls are held back, that is logged once, by those who hold them.
          const level = error instanceof SystemError && error.kind === "held" ? "debug" : "warn";
          log[level]({ error: describeError(error) }, `${what} failed; trying again`);
          await clock.sleep(delayAfterError(error, attempts, clock), signal);
        }
      }
      return false;
    })().finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }
}
