/**
 * What the door turned away: counted, shown in the status, and told in the log once in a while per
 * reason. Nothing of a request's contents is kept.
 */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { Repeats } from "../repeats.ts";

/** What an operator has to know about each; `clock` and `secret` are about Circa's webhooks. */
const sentences = {
  clock:
    "Circa's webhooks are refused: they are signed rightly, and this machine's clock differs from Circa's by more than five minutes. Set the clock.",
  secret:
    "Circa's webhooks are refused: none of the secrets in CIRCA_WEBHOOK_SECRET has signed them. Take the secret of this endpoint from Circa.",
  unsigned: "Requests without a signature come to the address for Circa's webhooks.",
  connection: "Webhooks come to the address of a connection that is not served here.",
  webhook_id: "A webhook's id is longer than 255 characters.",
  media_type: "A request is not sent as application/json.",
  encoding: "A request's Content-Encoding is not one that can be read.",
  too_large: "A webhook is too large.",
  not_json: "A webhook's body is not JSON that can be read.",
  shape: "A webhook is not of the shape that Circa's contract promises.",
  not_stored: "A webhook could not be stored: Circa sends it again.",
  unstorable: "A webhook holds what the database does not take.",
  admin_token: "Wrong admin tokens are sent: they are answered slowly.",
  request: "A request can't be read.",
  slow: "A request was sent too slowly and is cut off.",
} as const;
export type RefusalReason = keyof typeof sentences;

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
  /** What was turned away since the start, the latest first. */
  readonly refused: readonly RefusalCount[];
  /** Why no webhook of Circa gets in; null while they do, or none comes. */
  readonly attention: string | null;
}

const tellEveryMs = 5 * 60_000;
/** One or two are anybody's. */
const fewestRefused = 3;
/** Circa repeats what is refused: what was last refused longer ago says nothing of now. */
const freshMs = 15 * 60_000;

export interface RefusalsParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly onRefused: (refusal: Refusal) => void;
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

  note(refusal: Refusal): void {
    const { clock, log, onRefused } = this.#parts;
    const { reason } = refusal;
    const lastAt = clock.now();
    const count = (this.#counts.get(reason)?.count ?? 0) + 1;
    this.#counts.set(reason, { ...refusal, count, lastAt });
    if (reason === "clock" || reason === "secret") {
      this.#inRow = { count: (this.#inRow?.count ?? 0) + 1, reason, lastAt };
    }
    onRefused(refusal);
    const repeated = this.#repeats.say(reason);
    if (repeated !== null) log.warn({ ...refusal, count, repeated }, sentences[reason]);
  }

  status(): DoorStatus {
    const inRow = this.#inRow;
    const isFresh =
      inRow !== null &&
      inRow.count >= fewestRefused &&
      this.#parts.clock.now() - inRow.lastAt < freshMs;
    const off = inRow === null ? undefined : this.#counts.get(inRow.reason)?.clockOffSeconds;
    const by = off === undefined ? "" : ` (${off > 0 ? "ahead" : "behind"} by ${Math.abs(off)} s)`;
    return {
      lastWebhookAt: this.#lastWebhookAt,
      refused: [...this.#counts.values()].sort((one, other) => other.lastAt - one.lastAt),
      attention: isFresh ? sentences[inRow.reason] + by : null,
    };
  }
}
