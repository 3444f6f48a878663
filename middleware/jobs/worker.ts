/** Takes due links in batches, a few batches at a time, and never the same link twice at once. */
import type { Transaction } from "kysely";
import type { Clock } from "../clock.ts";
import { describeError, isSystemWide } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AtStep } from "../steps.ts";
import { claim, complete, renew, type Completion, type DueLink } from "./due-links.ts";
import { delayAfterError } from "./retry.ts";
import type { Database } from "./storage/database.ts";
import type { Tables } from "./storage/tables.ts";

/** One composite collection's worth: a batch costs one write call. */
const batchSize = 200;
const batchesAtOnce = 4;
/** A dead process's links are taken over after this long; a living one renews its claims. */
const claimMs = 15_000;
/** Catches retries that fall due and what other processes signalled. */
const pollMs = 500;

/** What a batch came to: how each row ends, and what is recorded in the same transaction. */
export interface BatchResult {
  readonly outcomes: ReadonlyMap<DueLink, Completion>;
  record(trx: Transaction<Tables>): Promise<void>;
}

export interface WorkerParts {
  readonly database: Database;
  readonly connection: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly atStep: AtStep;
  /** How many batches may be under way: none while a system is down, one to try it again. */
  readonly room?: () => number;
  readonly work: (batch: readonly DueLink[]) => Promise<BatchResult>;
}

export class Worker {
  readonly #parts: WorkerParts;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #wake: () => void = () => undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something has just become due. */
  wake(): void {
    this.#wake();
  }

  /** Lets the batches under way end, then returns. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      let found = 0;
      try {
        found = await this.#startBatch();
      } catch (error) {
        log.error({ error: describeError(error) }, "the queue can't be read; trying again");
      }
      if (found > 0 && this.#running.size < batchesAtOnce) continue;
      const free = this.#running.size < batchesAtOnce ? [woken] : [...this.#running];
      const pause = new AbortController();
      await Promise.race([...free, clock.sleep(pollMs, pause.signal)]);
      pause.abort();
    }
  }

  /** @returns how many rows were taken */
  async #startBatch(): Promise<number> {
    const { database, connection, clock } = this.#parts;
    const room = Math.min(batchesAtOnce, this.#parts.room?.() ?? batchesAtOnce);
    if (this.#running.size >= room) return 0;
    const owner = clock.uuid();
    const nowMs = clock.now();
    const untilMs = nowMs + claimMs;
    const batch = await claim(database, connection, owner, { limit: batchSize, nowMs, untilMs });
    if (batch.length === 0) return 0;
    this.#parts.atStep("links_claimed");
    const running = this.#workOn(batch, owner).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return batch.length;
  }

  async #workOn(batch: readonly DueLink[], owner: string): Promise<void> {
    const { database, connection, clock, log, atStep } = this.#parts;
    const ended = new AbortController();
    const renewing = this.#keepClaim(owner, ended.signal);
    try {
      const result = await this.#workOrFail(batch);
      await database.write(async (trx) => {
        await result.record(trx);
        atStep("outcome_in_transaction");
        await complete(database, trx, connection, owner, result.outcomes, clock.now());
        atStep("completed_in_transaction");
      });
      atStep("outcome_committed");
    } catch (error) {
      // The claim runs out by itself; whoever takes it over starts from what both systems hold.
      log.error({ error: describeError(error) }, "the outcome of a batch can't be recorded");
    } finally {
      ended.abort();
      await renewing;
      this.wake();
    }
  }

  async #workOrFail(batch: readonly DueLink[]): Promise<BatchResult> {
    const { clock, log, work } = this.#parts;
    try {
      return await work(batch);
    } catch (error) {
      const reason = describeError(error);
      log.warn({ links: batch.length, error: reason }, "a batch failed as a whole; it is retried");
      const again = (link: DueLink): Completion => ({
        kind: "again",
        delayMs: delayAfterError(error, link.attempts, clock),
        error: reason,
        blameless: isSystemWide(error),
      });
      const outcomes = new Map(batch.map((link) => [link, again(link)]));
      return { outcomes, record: () => Promise.resolve() };
    }
  }

  async #keepClaim(owner: string, ended: AbortSignal): Promise<void> {
    const { database, connection, clock, log } = this.#parts;
    for (;;) {
      await clock.sleep(claimMs / 3, ended);
      if (ended.aborted) return;
      await renew(database, connection, owner, clock.now() + claimMs).catch((error: unknown) =>
        log.warn({ error: describeError(error) }, "a claim can't be renewed"),
      );
    }
  }
}
