/** Applies what the door has accepted, batch after batch, until nothing waits. */
import type { Clock } from "../../runtime/clock.ts";
import { describeError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import { withTimeout } from "../../runtime/timeouts.ts";
import type { Inbox } from "../../store/inbox/inbox.ts";
import type { ApplyWebhooks } from "./accept-webhooks.ts";

/** A transaction holds locks that other processes wait for, so it has to end soon. */
const maxAtOnce = 100;
const retryAfterMs = 1_000;
/** What a node that died has accepted waits no longer than this. */
const lookEveryMs = 5_000;
const stopsWithinMs = 2_000;

export interface DrainParts {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly apply: ApplyWebhooks;
  /** Called after each batch. */
  readonly onApplied: () => void;
}

export class WebhookDrain {
  readonly #parts: DrainParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #woken = false;
  /** Batches that failed in a row. */
  #failures = 0;
  /** So many are applied one by one: a batch with one of them has failed twice. */
  #singly = 0;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  start(): void {
    this.wake();
    if (this.#parts.inbox.shared) void this.#lookAgain();
  }

  /** Something waits. */
  wake(): void {
    this.#woken = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#woken && !this.#stopping.signal.aborted) this.wake();
    });
  }

  /** Applies what waits as far as that takes little time; the rest waits for the next start. */
  async stop(): Promise<void> {
    const { clock, log } = this.#parts;
    this.wake();
    const ends = this.#running ?? Promise.resolve();
    const inTime = await withTimeout(clock, ends, stopsWithinMs);
    this.#stopping.abort();
    if (!inTime) log.info({}, "accepted webhooks are left for the next start");
  }

  async #lookAgain(): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#stopping.signal.aborted) {
      await clock.sleep(lookEveryMs, this.#stopping.signal);
      this.wake();
    }
  }

  async #run(): Promise<void> {
    const { inbox, clock, onApplied } = this.#parts;
    const { signal } = this.#stopping;
    this.#woken = false;
    while (inbox.mayWait() && !signal.aborted) {
      const count = await this.#applySome();
      if (count === 0) return;
      if (count !== null) onApplied();
      // Others have their turn between two batches.
      await clock.sleep(count === null ? retryAfterMs : 0, signal);
    }
  }

  /** @returns null when it failed: it is tried again */
  async #applySome(): Promise<number | null> {
    const { apply, log } = this.#parts;
    try {
      const count = await (this.#singly > 0 ? this.#applyOne() : apply(maxAtOnce));
      this.#failures = 0;
      this.#singly = Math.max(0, this.#singly - 1);
      return count;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures > 1) this.#singly = maxAtOnce;
      log.warn({ error: describeError(error) }, "accepted webhooks can't be applied now");
      return null;
    }
  }

  /**
   * One that can't be applied must not hold up the others: its Event is read from Circa instead.
   * If that can't be kept either, the fault is the store's.
   */
  async #applyOne(): Promise<number> {
    const { apply, log } = this.#parts;
    try {
      return await apply(1);
    } catch (error) {
      const count = await apply(1, { asUnreadable: true });
      log.error({ error: describeError(error) }, "an accepted webhook can't be applied");
      return count;
    }
  }
}
