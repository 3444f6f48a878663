/**
 * What the stream does between two sessions: pauses by how the last ones ended, and asks by query
 * for what has changed while it is away for long.
 */
import type { Clock } from "../../runtime/clock.ts";
import { describeError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { FailedSession } from "./session-run.ts";
import { attentionAfter, pauseCeilingMs, pauseMsAfter, streamPauses } from "./pauses.ts";

/** How long changes may go unseen while the stream is away. */
const pollEveryMs = 5 * 60_000;
/**
 * A session that held longer than the pause before it was a good one, within these bounds: one
 * that stands for a moment only, over and over, must not be opened without end.
 */
const minGoodMs = 1_000;
const surelyGoodMs = 2_000;

export interface StreamRestParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly poll?: (() => Promise<void>) | undefined;
  readonly pauses?: typeof streamPauses | undefined;
}

export class ReconnectBackoff {
  readonly #parts: StreamRestParts;
  #failures = 0;
  #lastCeilingMs = 0;
  /** From when on changes may be unseen. */
  #awaySince: number;
  #polling: Promise<void> | null = null;
  lastPollAt: number | null = null;

  constructor(parts: StreamRestParts) {
    this.#parts = parts;
    this.#awaySince = parts.clock.now();
  }

  /** Nothing is missed up to now: the next session resumes from there. */
  present(): void {
    this.#awaySince = this.#parts.clock.now();
  }

  /**
   * Counts a session that ended.
   * @param heldMs how long it delivered; 0 when it never did
   */
  count({ failure, reason, retryAfterMs = 0 }: FailedSession, heldMs: number) {
    const { clock, pauses = streamPauses } = this.#parts;
    if (failure === "held") return { pauseMs: pauses.held.minMs, attention: null };
    const goodMs = Math.min(Math.max(this.#lastCeilingMs, minGoodMs), surelyGoodMs);
    if (heldMs > goodMs) this.#failures = 0;
    if (heldMs > 0) this.present();
    this.#failures += 1;
    const pause = pauses[failure];
    this.#lastCeilingMs = pauseCeilingMs(pause, this.#failures);
    return {
      pauseMs: Math.max(pauseMsAfter(pause, this.#failures, clock.random()), retryAfterMs),
      attention: attentionAfter(pause, this.#failures, reason),
    };
  }

  async pause(pauseMs: number, lost: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const until = clock.now() + pauseMs;
    for (;;) {
      this.#pollWhenDue();
      const leftMs = until - clock.now();
      if (leftMs <= 0 || lost.aborted) return;
      const nextPollMs = this.#awaySince + pollEveryMs - clock.now();
      await clock.sleep(nextPollMs > 0 ? Math.min(leftMs, nextPollMs) : leftMs, lost);
    }
  }

  /** Resolves when no query is under way. */
  async idle(): Promise<void> {
    await this.#polling;
  }

  #pollWhenDue(): void {
    const { clock, log, poll } = this.#parts;
    const nowMs = clock.now();
    if (poll === undefined || nowMs - this.#awaySince < pollEveryMs) return;
    this.#awaySince = nowMs;
    this.#polling ??= poll()
      .then(() => void (this.lastPollAt = clock.now()))
      .catch((error: unknown) =>
        log.warn({ error: describeError(error) }, "changed Campaigns can't be asked for"),
      )
      .finally(() => (this.#polling = null));
  }
}
