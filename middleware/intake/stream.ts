/**
 * Keeps a session with the Streaming API alive and what it delivers safe.
 *
 *   waiting ──▶ connecting ──▶ subscribed ──▶ (any anomaly) ──▶ waiting …
 *
 * Every session starts after the last event whose signals are kept. Where that place is unknown
 * (first start) or no longer kept by Salesforce, `onGap` compares by query instead.
 */
import { describeError, SystemError } from "../errors.ts";
import { readCheckpoint } from "../jobs/storage/checkpoints.ts";
import type { Log } from "../log.ts";
import type { PackageNames } from "../systems/salesforce/names.ts";
import { acceptSignals, type AcceptSignalParts } from "./accept-signals.ts";
import { readSignalEvent, type SignalEvent } from "./signal-event.ts";
import type { StreamFailure } from "./stream-failure.ts";
import type { OpenSession, StreamSession } from "./stream-session.ts";

export const streamStates = ["stopped", "waiting", "connecting", "subscribed"] as const;
export type StreamState = (typeof streamStates)[number];

/** What an operator sees of the stream; times are milliseconds since the epoch. */
export interface StreamStatus {
  readonly state: StreamState;
  readonly since: number;
  readonly lastReplyAt: number | null;
  readonly lastEventAt: number | null;
  readonly sessions: number;
  readonly events: number;
  /** Why the last session ended; null while none has. */
  readonly lastEnd: string | null;
}

export interface StreamParts extends AcceptSignalParts {
  readonly names: PackageNames;
  readonly log: Log;
  readonly openSession: OpenSession;
  /** Events may have been missed. */
  readonly onGap: (reason: string) => void;
}

const allNewEvents = -1;
const allKeptEvents = -2;

/** First and longest pause before the next session, by why the last one ended. */
const pauseMs: Readonly<Record<StreamFailure, readonly [firstMs: number, longestMs: number]>> = {
  lost: [250, 30_000],
  unknown_client: [0, 30_000],
  token: [0, 60_000],
  replay_expired: [0, 60_000],
  busy: [60_000, 300_000],
  limit: [60_000, 1_800_000],
  configuration: [30_000, 300_000],
};

export class Stream {
  readonly #parts: StreamParts;
  readonly #stopping = new AbortController();
  #status: StreamStatus;
  #session: StreamSession | null = null;
  #waiting: SignalEvent[] = [];
  #keeping: Promise<void> = Promise.resolve();
  #failures = 0;
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: StreamParts) {
    this.#parts = parts;
    this.#status = {
      state: "stopped",
      since: parts.clock.now(),
      lastReplyAt: null,
      lastEventAt: null,
      sessions: 0,
      events: 0,
      lastEnd: null,
    };
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Ends the session; events not yet kept will be delivered again to the next one. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#session?.close();
    await this.#loop;
    this.#enter("stopped");
  }

  status(): StreamStatus {
    return this.#status;
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = this.#stopping;
    let replayAllKept = false;
    while (!this.#stopped()) {
      const failure = await this.#runSession(replayAllKept);
      if (this.#stopped()) return;
      replayAllKept = failure === "replay_expired";
      if (replayAllKept) this.#parts.onGap("the stream no longer keeps the last event we have");
      await clock.sleep(this.#nextPauseMs(failure), signal);
    }
  }

  /** @returns why it ended */
  async #runSession(replayAllKept: boolean): Promise<StreamFailure> {
    const { clock, log, openSession, database, connection } = this.#parts;
    this.#enter("connecting");
    try {
      const checkpoint = await readCheckpoint(database.query, connection, "stream");
      const session = await openSession({
        replayFrom: replayAllKept ? allKeptEvents : Number(checkpoint ?? allNewEvents),
        onReply: () => this.#note({ lastReplyAt: clock.now() }),
        onEvent: (data) => this.#receive(data),
        onSubscribed: () => {
          this.#failures = 0;
          this.#enter("subscribed");
          if (checkpoint === null) this.#parts.onGap("the stream has no place to resume from yet");
        },
      });
      this.#session = session;
      if (this.#stopped()) session.close();
      this.#note({ sessions: this.#status.sessions + 1 });
      const { failure, reason } = await session.ended;
      this.#session = null;
      await this.#keeping;
      if (this.#stopped()) return "lost";
      log.warn({ failure, reason }, "the stream's session ended; the next one resumes from there");
      this.#enter("waiting", reason);
      return failure;
    } catch (error) {
      const reason = describeError(error);
      log.warn({ error: reason }, "the stream can't be opened; trying again");
      this.#enter("waiting", reason);
      return error instanceof SystemError && error.kind === "configuration"
        ? "configuration"
        : "lost";
    }
  }

  /** Events of one answer are kept together; the next ones wait for their turn. */
  #receive(data: unknown): void {
    const { names, log, clock } = this.#parts;
    const event = readSignalEvent(data, names);
    if (event === null) {
      log.warn({}, "an event of an unknown shape was passed over");
      return;
    }
    this.#note({ lastEventAt: clock.now(), events: this.#status.events + 1 });
    this.#waiting.push(event);
    if (this.#waiting.length === 1) this.#keeping = this.#keeping.then(() => this.#keep());
  }

  async #keep(): Promise<void> {
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length === 0) return;
    try {
      await acceptSignals(this.#parts, events);
    } catch (error) {
      this.#parts.log.error({ error: describeError(error) }, "events could not be kept");
      // The next session brings them again, if nothing behind them moves the checkpoint now.
      this.#waiting = [];
      this.#session?.close();
    }
  }

  #nextPauseMs(failure: StreamFailure): number {
    const [firstMs, longestMs] = pauseMs[failure];
    this.#failures += 1;
    if (this.#failures === 1) return firstMs;
    const ceilingMs = Math.min(
      longestMs,
      Math.max(firstMs, 250) * 2 ** Math.min(this.#failures, 20),
    );
    return Math.round(Math.max(firstMs, this.#parts.clock.random() * ceilingMs));
  }

  #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #enter(state: StreamState, lastEnd = this.#status.lastEnd): void {
    this.#note({ state, since: this.#parts.clock.now(), lastEnd });
  }

  #note(news: Partial<StreamStatus>): void {
    this.#status = { ...this.#status, ...news };
  }
}
