/**
 * Refused requests: counted, shown in the status, and logged once in a while per
 * reason. Nothing of a request's contents is kept.
 */
import { doorAnswers, type RefusalReason } from "../../model/answers/door.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Log } from "../../runtime/log.ts";
import { Repeats } from "../../runtime/repeats.ts";

export interface Refusal {
  readonly status: number;
  readonly reason: RefusalReason;
  /** Of `clock`: this machine's time less Circa's. */
  readonly clockOffSeconds?: number;
}

export interface RefusalCount {
  readonly reason: RefusalReason;
  /** HTTP status of the last one. */
  readonly status: number;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
  readonly clockOffSeconds?: number;
}

export interface DoorStatus {
  /** Since the start; milliseconds since the epoch; null: none yet. */
  readonly lastWebhookAt: number | null;
  /** Refused requests since the start, the latest first. */
  readonly refused: readonly RefusalCount[];
  /** Why no webhook of Circa gets in; null while they do, or none comes. */
  readonly attention: string | null;
}

const tellEveryMs = 5 * 60_000;
/** One or two may come from any sender. */
const minRefused = 3;
/** Circa repeats what is refused: what was last refused longer ago says nothing of now. */
const freshMs = 15 * 60_000;

export interface RefusalsParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly onRefused: (refusal: Refusal, times: number) => void;
}

export class Refusals {
  readonly #parts: RefusalsParts;
  readonly #repeats: Repeats;
  readonly #counts = new Map<RefusalReason, RefusalCount>();
  #lastWebhookAt: number | null = null;
  /** Webhooks in a row that were refused for their time or signature. */
  #inRow: { count: number; reason: RefusalReason; lastAt: number } | null = null;

  constructor(parts: RefusalsParts) {
    this.#parts = parts;
    this.#repeats = new Repeats(parts.clock, tellEveryMs);
  }

  /** A webhook was taken. */
  accepted(): void {
    this.#lastWebhookAt = this.#parts.clock.now();
    this.#inRow = null;
  }

  /** @param times so often in a row */
  note(refusal: Refusal, times = 1): void {
    const { clock, log, onRefused } = this.#parts;
    const { reason } = refusal;
    const lastAt = clock.now();
    const count = (this.#counts.get(reason)?.count ?? 0) + times;
    this.#counts.set(reason, { ...refusal, count, lastAt });
    if (reason === "clock" || reason === "secret") {
      this.#inRow = { count: (this.#inRow?.count ?? 0) + times, reason, lastAt };
    }
    onRefused(refusal, times);
    const repeated = this.#repeats.say(reason);
    if (repeated !== null) log.warn({ ...refusal, count, repeated }, doorAnswers[reason].told);
  }

  status(): DoorStatus {
    const inRow = this.#inRow;
    const isFresh =
      inRow !== null &&
      inRow.count >= minRefused &&
      this.#parts.clock.now() - inRow.lastAt < freshMs;
    const off = inRow === null ? undefined : this.#counts.get(inRow.reason)?.clockOffSeconds;
    const by = off === undefined ? "" : ` (${off > 0 ? "ahead" : "behind"} by ${Math.abs(off)} s)`;
    return {
      lastWebhookAt: this.#lastWebhookAt,
      refused: [...this.#counts.values()].sort((one, other) => other.lastAt - one.lastAt),
      attention: isFresh ? doorAnswers[inRow.reason].told + by : null,
    };
  }
}
