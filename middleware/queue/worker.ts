/**
 * Takes due links of one kind in batches, a few batches at a time, and never the same link twice at
 * once. Each kind has a worker of its own, so that none waits for another's batches.
 */
import type { Clock } from "../runtime/clock.ts";
import { withTimeout } from "../runtime/timeouts.ts";
import { describeError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import type { OnFailpoint } from "../runtime/failpoints.ts";
import { allAgain, halvesOf, joined, type BatchResult, type Work } from "./batch-result.ts";
import { claim, releaseClaims, heldNow, renew } from "./claims.ts";
import { complete } from "./completion.ts";
import type { DueLink } from "./due-links.ts";
import { rebaseAfterClockJump, nextDue } from "./due-times.ts";
import { isFaultOfData } from "../store/database/data-fault.ts";
import type { Database } from "../store/database/database.ts";
import { noLimits, type WorkLimits } from "./work-limits.ts";

/** One composite collection's worth: a batch costs one write call. */
const batchSize = 200;
const batchesAtOnce = 4;
/** A dead process's links are taken over after this long; a living one renews its claims. */
const claimMs = 8_000;
/** Finds due links without a wake-up; seldom where other nodes' notifications wake us too. */
const pollMs = 500;
const pollWhileListeningMs = 2_500;
/** While batches are under way the next one gathers for so long: each costs a call. */
const gatherMs = 20;
/** Between two looks at a queue whose next link is due now, but in another process's hands. */
const minPauseMs = 20;
const maxPauseMs = 5_000;
/** A clock that goes back by less is being adjusted, not set. */
const backwardsMs = 1_000;

/** Another worker has taken rows over while the outcome was recorded: it is recorded anew. */
class ClaimLostError extends Error {
  override readonly name = "ClaimLostError";
}

export interface WorkerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
  /** @default any number of batches, of all that is due */
  readonly limits?: () => WorkLimits;
  /** Notifications of other nodes wake this worker. */
  readonly listening?: () => boolean;
  /** The kind of link that `work` is for. */
  readonly kind: string;
  readonly work: Work;
}

export class Worker {
  readonly #parts: WorkerParts;
  /** By the owner that the batch is claimed for. */
  readonly #running = new Map<string, { batch: readonly DueLink[]; ended: Promise<void> }>();
  readonly #stopping = new AbortController();
  readonly #abandoned = new AbortController();
  #wake: () => void = () => undefined;
  /** Something has become due since the last look. */
  #isTold = false;
  #loop: Promise<void> = Promise.resolve();
  #lastStoreTime = Number.POSITIVE_INFINITY;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something has just become due. */
  wake(): void {
    this.#isTold = true;
    this.#wake();
  }

  /**
   * Takes up nothing more and lets the batches under way end. Those that have not after
   * `patienceMs` are released: another node, or the next start, takes them up at once.
   */
  async stop(timeoutMs = 7_000): Promise<void> {
    const { clock } = this.#parts;
    this.#stopping.abort();
    this.wake();
    const allEnded = this.#loop.then(() => Promise.all(this.#ends()));
    await withTimeout(clock, allEnded, timeoutMs);
    if (this.#running.size > 0) await this.#releaseClaims();
  }

  #ends(): Promise<void>[] {
    return [...this.#running.values()].map(({ ended }) => ended);
  }

  async #releaseClaims(): Promise<void> {
    const { database, log } = this.#parts;
    this.#abandoned.abort();
    const claims = new Map([...this.#running].map(([owner, { batch }]) => [owner, batch]));
    log.warn({ batches: claims.size }, "calls hang: the claims on their links are released");
    await releaseClaims(database, claims).catch((error: unknown) =>
      log.warn({ error: describeError(error) }, "claims can't be released; they expire"),
    );
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#parts;
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      let pauseMs = pollMs;
      try {
        const looked = await this.#takeUp();
        if (failures > 0) log.info({}, "the queue can be read again");
        failures = 0;
        if (looked === "taken") continue;
        pauseMs = looked;
      } catch (error) {
        failures += 1;
        pauseMs = Math.min(pollMs * failures, maxPauseMs);
        const reason = describeError(error);
        if (failures === 1) log.error({ error: reason }, "the queue can't be read; trying again");
      }
      const free = this.#running.size < batchesAtOnce ? [woken] : this.#ends();
      const pause = new AbortController();
      await Promise.race([...free, clock.sleep(pauseMs, pause.signal)]);
      pause.abort();
    }
  }

  /**
   * Starts a batch, if one may be under way and anything is due.
   * @returns otherwise how long until the next look
   */
  async #takeUp(): Promise<"taken" | number> {
    if (this.#running.size >= Math.min(batchesAtOnce, this.#limits().batches)) return pollMs;
    // A worker that was just woken looks at once; none opens a claim to find nothing.
    if (!this.#isTold) {
      const nextMs = await this.#nextDueInMs();
      if (nextMs === null || nextMs > 0) return this.#pauseMs(nextMs);
    }
    if (this.#running.size > 0) await this.#parts.clock.sleep(gatherMs, this.#stopping.signal);
    if (this.#stopping.signal.aborted) return pollMs;
    this.#isTold = false;
    const taken = await this.#startBatch();
    if (taken === batchSize) this.#isTold = true;
    return taken > 0 ? "taken" : this.#pauseMs(await this.#nextDueInMs());
  }

  /** @returns how many rows were taken */
  async #startBatch(): Promise<number> {
    const { database, clock } = this.#parts;
    const owner = clock.uuid();
    const options = { ...this.#claimable(), limit: batchSize, termMs: claimMs };
    const batch = await claim(database, owner, options);
    if (batch.length === 0) return 0;
    this.#parts.onFailpoint("links_claimed");
    const ended = this.#workOn(batch, owner).finally(() => {
      this.#running.delete(owner);
      this.#wake();
    });
    this.#running.set(owner, { batch, ended });
    return batch.length;
  }

  #limits(): WorkLimits {
    return this.#parts.limits?.() ?? noLimits;
  }

  /** What may be claimed now. */
  #claimable() {
    const { kind, clock } = this.#parts;
    const atWork = [...this.#running.keys()];
    return { kind, nowMs: clock.now(), atWork, away: this.#limits().away };
  }

  /** Repairs the queue's times at the first look, and whenever the clock has gone back. */
  async #nextDueInMs(): Promise<number | null> {
    const { database, clock } = this.#parts;
    const look = () => nextDue(database, this.#claimable());
    const { inMs, storeTime } = await look();
    const isBack = storeTime < this.#lastStoreTime - backwardsMs;
    if (isBack) await rebaseAfterClockJump(database, { nowMs: clock.now(), termMs: claimMs });
    this.#lastStoreTime = storeTime;
    return isBack ? (await look()).inMs : inMs;
  }

  #pauseMs(nextMs: number | null): number {
    const maxMs = this.#parts.listening?.() === true ? pollWhileListeningMs : pollMs;
    return Math.max(minPauseMs, Math.min(nextMs ?? maxMs, maxMs));
  }

  async #workOn(batch: readonly DueLink[], owner: string): Promise<void> {
    const { log } = this.#parts;
    const ended = new AbortController();
    const renewing = this.#saveClaim(owner, ended.signal);
    try {
      const result = await this.#workOrFail(batch);
      if (this.#abandoned.signal.aborted) return;
      await this.#record(result, owner);
      this.#parts.onFailpoint("outcome_committed");
    } catch (error) {
      // The claim expires by itself; the next worker starts from what both systems hold.
      log.error({ error: describeError(error) }, "the outcome of a batch can't be recorded");
    } finally {
      ended.abort();
      await renewing;
    }
  }

  /** What of a batch can't be recorded is found by halves and waits; the others are recorded. */
  async #record(result: BatchResult, owner: string): Promise<void> {
    try {
      while (!(await this.#recordHeld(result, owner)));
    } catch (error) {
      if (!isFaultOfData(error)) throw error;
      const outcomes = [...result.outcomes];
      if (outcomes.length > 1) {
        for (const half of halvesOf(outcomes)) {
          await this.#record({ ...result, outcomes: new Map(half) }, owner);
        }
        return;
      }
      const links = outcomes.map(([link]) => link);
      const reason = describeError(error);
      this.#parts.log.error(
        { links: links.map(({ subject }) => subject), error: reason },
        "the outcome of a link can't be recorded; it is tried again later",
      );
      while (!(await this.#recordHeld(allAgain(links, error, this.#parts.clock), owner)));
    }
  }

  /**
   * Of links that others have taken over nothing is recorded: they tell what was written, by what
   * was kept before the write. The queue is locked last, as in every transaction.
   * @returns false, with nothing recorded, when some were taken over in between
   */
  async #recordHeld(result: BatchResult, owner: string): Promise<boolean> {
    const { database, clock, log, onFailpoint } = this.#parts;
    const outcomes = [...result.outcomes];
    const subjects = outcomes.map(([{ subject }]) => subject);
    try {
      await database.write(async (trx) => {
        const held = await heldNow(trx, owner, subjects);
        const own = new Map(outcomes.filter(([{ subject }]) => held.has(subject)));
        const lost = outcomes.length - own.size;
        if (lost > 0)
          log.warn(
            { links: lost },
            "claim expired during processing; another worker took the links over",
          );
        if (own.size === 0) return;
        await result.record(trx, held);
        onFailpoint("outcome_in_transaction");
        const kept = await complete(database, trx, owner, own, clock.now());
        if (kept.size < own.size) throw new ClaimLostError("another worker has taken links over");
        onFailpoint("completed_in_transaction");
      });
      return true;
    } catch (error) {
      if (error instanceof ClaimLostError) return false;
      throw error;
    }
  }

  async #workOrFail(batch: readonly DueLink[]): Promise<BatchResult> {
    const { log, work } = this.#parts;
    try {
      return await work(batch);
    } catch (error) {
      if (batch.length > 1 && isFaultOfData(error)) return this.#workInHalves(batch);
      const links = batch.length;
      log.warn({ links, error: describeError(error) }, "a batch failed as a whole; it is retried");
      return allAgain(batch, error, this.#parts.clock);
    }
  }

  /** An unexpected link fails alone. */
  async #workInHalves(batch: readonly DueLink[]): Promise<BatchResult> {
    const results: BatchResult[] = [];
    for (const half of halvesOf(batch)) results.push(await this.#workOrFail(half));
    return joined(results);
  }

  async #saveClaim(owner: string, ended: AbortSignal): Promise<void> {
    const { database, clock, log } = this.#parts;
    for (;;) {
      await clock.sleep(claimMs / 3, ended);
      if (ended.aborted) return;
      const times = { nowMs: clock.now(), termMs: claimMs };
      await renew(database, owner, times).catch((error: unknown) =>
        log.warn({ error: describeError(error) }, "a claim can't be renewed"),
      );
    }
  }
}
