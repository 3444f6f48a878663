/**
 * Proves from end to end that the stream delivers: what we have Salesforce publish has to come
 * back. A stream that only looks alive is found out by it and by nothing else.
 */
import type { Clock } from "../../runtime/clock.ts";
import { describeError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { PlatformEventMessage } from "./platform-event-message.ts";
import { heartbeatKind } from "./platform-event-message.ts";

/** How long an event may take from Salesforce's acceptance to us. */
const answerMs = 60_000;
/**
 * A session that resumes behind an event may subscribe and stay deaf (Salesforce's article
 * 005321562): it proves itself soon, unless an event comes first.
 */
const resumedProofMs = 5_000;
/** Sessions that end over and over must not send one each. */
const minBetweenMs = 30_000;

export interface HeartbeatParts {
  /** From one to the next; 0: none. The first goes out with a process's first session. */
  readonly intervalSeconds: number;
  /** Has Salesforce publish the signal of kind `heartbeat` that carries this request id. */
  readonly publish: (requestId: string) => Promise<void>;
}

export interface HeartbeatStatus {
  readonly lastSentAt: number | null;
  /** When the last one came back. */
  readonly lastHeartbeatAt: number | null;
  readonly roundTripMs: number | null;
}

export class Heartbeat {
  readonly #parts: HeartbeatParts & { readonly clock: Clock; readonly log: Log };
  #expected: { readonly requestId: string; readonly sentAt: number } | null = null;
  #arrived = new AbortController();
  #lastHeardAt = 0;
  #status: HeartbeatStatus = { lastSentAt: null, lastHeartbeatAt: null, roundTripMs: null };

  constructor(parts: HeartbeatParts & { readonly clock: Clock; readonly log: Log }) {
    this.#parts = parts;
  }

  status(): HeartbeatStatus {
    return this.#status;
  }

  /** To be called for each message: any of them shows that the stream delivers. */
  heard(event: PlatformEventMessage): void {
    const nowMs = this.#parts.clock.now();
    const expected = this.#expected;
    if (event.kind === heartbeatKind && expected?.requestId === event.requestId) {
      const roundTripMs = Math.max(0, nowMs - expected.sentAt);
      this.#status = { ...this.#status, lastHeartbeatAt: nowMs, roundTripMs };
      this.#expected = null;
    }
    this.#lastHeardAt = nowMs;
    this.#arrived.abort();
  }

  /**
   * Watches one session for as long as it is subscribed.
   * @param atOnce the session has no place to resume from until a first event comes
   * @returns true when nothing came back; false when the session was over first
   */
  async findsSilence(over: AbortSignal, atOnce: boolean): Promise<boolean> {
    const { clock, intervalSeconds } = this.#parts;
    if (intervalSeconds === 0) return false;
    const openedAt = clock.now();
    let sentAt = 0;
    let now = atOnce;
    while (!over.aborted) {
      const proven = sentAt >= openedAt || this.#lastHeardAt >= openedAt;
      const leftMs = (proven ? this.#dueAt() : this.#proofDueAt(openedAt)) - clock.now();
      if (!now && leftMs > 0) await clock.sleep(leftMs, over);
      else {
        sentAt = clock.now();
        if (await this.#isSilent(over)) return true;
      }
      now = false;
    }
    return false;
  }

  #dueAt(): number {
    return (this.#status.lastSentAt ?? 0) + this.#parts.intervalSeconds * 1_000;
  }

  #proofDueAt(openedAt: number): number {
    const afterLastMs = (this.#status.lastSentAt ?? 0) + minBetweenMs;
    return Math.min(this.#dueAt(), Math.max(openedAt + resumedProofMs, afterLastMs));
  }

  async #isSilent(over: AbortSignal): Promise<boolean> {
    const { clock, log, publish } = this.#parts;
    const requestId = clock.uuid();
    const arrived = (this.#arrived = new AbortController());
    this.#expected = { requestId, sentAt: clock.now() };
    this.#status = { ...this.#status, lastSentAt: clock.now() };
    try {
      await publish(requestId);
    } catch (error) {
      log.warn({ error: describeError(error) }, "the stream's heartbeat can't be sent");
      return false;
    }
    await clock.sleep(answerMs, AbortSignal.any([over, arrived.signal]));
    return !over.aborted && !arrived.signal.aborted;
  }
}
