/**
 * Keeps a session with the Streaming API alive and what it delivers safe. The states and the steps
 * between them are the table in `stream-states.ts`.
 *
 * Every session starts after the last message whose links are due. Where that place is unknown
 * (first start) or no longer kept by Salesforce, and where a heartbeat did not come back, `onGap`
 * compares by query instead; that this is owed is durable until it is done. After a heartbeat that
 * did not come back the place is given up: a session that resumes there can stay deaf until its id
 * expires (Salesforce's article 005321562), one that starts at new events can not.
 */
import { describeError } from "../../runtime/errors.ts";
import { giveUpPlace, noPlace, readCheckpoint } from "../../store/intake/checkpoints.ts";
import type { Log } from "../../runtime/log.ts";
import type { PackageNames } from "../../systems/salesforce/connection/names.ts";
import { CheckpointMovedError, type AcceptMessageParts } from "./accept-messages.ts";
import { EventQueue } from "./event-queue.ts";
import { Heartbeat, type HeartbeatParts } from "./heartbeat.ts";
import type { DeliveredEvent, OpenSession, ReplayFrom } from "./session-port.ts";
import { SessionRun, type FailedSession } from "./session-run.ts";
import { readPlatformEventMessage } from "./platform-event-message.ts";
import type { StreamFailure } from "../../model/answers/stream-failure.ts";
import { StreamGaps } from "./gaps.ts";
import type { streamPauses } from "./pauses.ts";
import { ReconnectBackoff } from "./reconnect-backoff.ts";
import type { PathHealth } from "../../model/path-health.ts";
import { streamStep, type StreamAction, type StreamEvent } from "./states.ts";
import { initialStatus, type StreamStatus } from "./status.ts";

/** Runs `work` while it may, until `stopping` is aborted. */
export type LeaderElection = (
  work: (lost: AbortSignal) => Promise<void>,
  stopping: AbortSignal,
) => Promise<void>;

const unheardReason = "a heartbeat did not come back";

const alwaysLeader: LeaderElection = (work, stopping) => work(stopping);

export interface StreamParts extends AcceptMessageParts {
  readonly names: PackageNames;
  readonly log: Log;
  readonly openSession: OpenSession;
  readonly paths: Pick<PathHealth, "noteStream">;
  /** Events may have been missed: resolves with true once both sides are compared. */
  readonly onGap: (reason: string) => Promise<boolean>;
  /**
   * Asks for what has changed in Salesforce, while the stream is away for long.
   * @default it is not asked for
   */
  readonly poll?: (() => Promise<void>) | undefined;
  /** @default none are sent */
  readonly heartbeat?: HeartbeatParts | undefined;
  /**
   * Runs the work while this process is the one to subscribe.
   * @default always at once
   */
  readonly lead?: LeaderElection;
  readonly pauses?: typeof streamPauses;
  /** Messages not stored yet at which no more are asked for. @default 500 */
  readonly fullSize?: number;
  /**
   * Those at which the session is closed, so that memory stays bounded whatever one answer holds.
   * Far above the other, for what is left of that answer has to be delivered once more.
   * @default 10,000
   */
  readonly overfullSize?: number;
}

export class Stream {
  readonly #parts: StreamParts;
  readonly #queue: EventQueue;
  readonly #gaps: StreamGaps;
  readonly #backoff: ReconnectBackoff;
  readonly #heartbeat: Heartbeat | null;
  readonly #stopping = new AbortController();
  #status: StreamStatus;
  #run: SessionRun | null = null;
  #subscribedAt: number | null = null;
  /** Why messages could not be stored, since the session was opened. */
  #keepingFailed: FailedSession | null = null;
  #lastFailure: StreamFailure | null = null;
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: StreamParts) {
    const { clock, log, heartbeat } = parts;
    this.#parts = parts;
    this.#queue = new EventQueue(parts, (error) => this.#failKeeping(error));
    this.#gaps = new StreamGaps(parts);
    this.#backoff = new ReconnectBackoff(parts);
    this.#heartbeat = heartbeat === undefined ? null : new Heartbeat({ ...heartbeat, clock, log });
    this.#status = initialStatus(clock.now());
  }

  start(): void {
    const { log, lead = alwaysLeader } = this.#parts;
    this.#step("started");
    this.#loop = lead((lost) => this.#term(lost), this.#stopping.signal).catch((error: unknown) => {
      log.error({ error: describeError(error) }, "the stream has failed: restart the process");
      this.#note({ state: "stopped", attention: `It has failed: ${describeError(error)}` });
    });
  }

  /** Ends the session; events not yet kept will be delivered again to the next one. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    if (this.#status.state === "standby") this.#step("stopping");
    await this.#backoff.idle();
  }

  status(): StreamStatus {
    return {
      ...this.#status,
      queued: this.#queue.size,
      gaps: this.#gaps.raised,
      lastGap: this.#gaps.last,
      lastPollAt: this.#backoff.lastPollAt,
      heartbeat: this.#heartbeat?.status() ?? null,
    };
  }

  /** From getting the lease to losing it: does what each step asks for until nothing is left. */
  async #term(lost: AbortSignal): Promise<void> {
    const leaving = () => (this.#stopping.signal.aborted ? "stopping" : "unleased");
    const leave = () => {
      this.#run?.close(leaving());
      this.#queue.discard();
    };
    lost.addEventListener("abort", leave, { once: true });
    this.#backoff.present();
    let action = this.#step("leased");
    while (action !== "drop_session") {
      const event = await this.#act(action, lost);
      action = this.#step(lost.aborted ? leaving() : event);
    }
    leave();
    await this.#queue.idle();
  }

  #act(action: StreamAction, lost: AbortSignal): Promise<StreamEvent> {
    switch (action) {
      case "open_session":
        return this.#open(lost);
      case "listen":
        return this.#listen();
      case "keep_what_came":
        return this.#keepWhatCame();
      case "pause":
        return this.#pause(lost);
      default:
        throw new Error(`"${action}" is nothing that leads to the next event`);
    }
  }

  async #open(lost: AbortSignal): Promise<StreamEvent> {
    const { database, clock, openSession } = this.#parts;
    this.#run = null;
    this.#subscribedAt = null;
    this.#keepingFailed = null;
    try {
      const checkpoint = await readCheckpoint(database.query, "stream");
      const place = await this.#placeToStart(checkpoint);
      const { replayFrom } = place;
      this.#queue.startFrom(place.checkpoint);
      const run: SessionRun = new SessionRun({
        openSession,
        replayFrom,
        onReply: () => this.#note({ lastReplyAt: clock.now() }),
        onEvent: (event) => this.#receive(event, run),
        onUnreadable: () => void this.#missed("an event could not be read"),
        awaitCapacity: (timeoutMs) => this.#awaitCapacity(timeoutMs, run),
      });
      this.#run = run;
      if (lost.aborted) run.close("unleased");
      return await Promise.race([run.subscribed, run.over]);
    } catch (error) {
      this.#failKeeping(error);
      return "ended";
    }
  }

  /** What may be missed by starting there is marked as a gap first. */
  async #placeToStart(
    checkpoint: string | null,
  ): Promise<{ readonly replayFrom: ReplayFrom; readonly checkpoint: string | null }> {
    const { database } = this.#parts;
    if (this.#lastFailure === "replay_expired") {
      await this.#gaps.mark("the stream no longer keeps the last event we have");
      return { replayFrom: "all", checkpoint };
    }
    if (this.#lastFailure === "unheard") {
      await this.#gaps.mark(unheardReason);
      if (checkpoint === null) return { replayFrom: "new", checkpoint };
      await database.write((trx) => giveUpPlace(trx, "stream"));
      return { replayFrom: "new", checkpoint: noPlace };
    }
    if (checkpoint === null || checkpoint === noPlace) {
      await this.#gaps.mark("the stream has no place to resume from yet");
      return { replayFrom: "new", checkpoint };
    }
    return { replayFrom: { after: checkpoint }, checkpoint };
  }

  async #listen(): Promise<StreamEvent> {
    const run = this.#run;
    if (run === null) return "ended";
    this.#subscribedAt = this.#parts.clock.now();
    // A stream that was found deaf has to deliver something before it counts as well again.
    if (this.#lastFailure !== "unheard") this.#note({ attention: null });
    this.#lastFailure = null;
    this.#note({ sessions: this.#status.sessions + 1 });
    void this.#gaps.settle();
    // Without a place to resume from, the first event gives one: better ours than none.
    const atOnce = typeof run.replayFrom === "string";
    void this.#heartbeat?.findsSilence(run.ended, atOnce).then((silent) => {
      if (silent) run.fail({ failure: "unheard", reason: unheardReason });
    });
    return run.over;
  }

  async #keepWhatCame(): Promise<StreamEvent> {
    await this.#queue.idle();
    return this.#keepingFailed === null ? "drained" : "ended";
  }

  async #pause(lost: AbortSignal): Promise<StreamEvent> {
    await this.#queue.idle();
    const end = this.#keepingFailed ?? this.#run?.end ?? { failure: "lost", reason: "closed" };
    const heldMs = this.#heldMs(end.failure);
    const { pauseMs, attention } = this.#backoff.count(end, heldMs);
    if (end.failure !== "held") this.#tell(end, pauseMs, attention);
    await this.#backoff.pause(pauseMs, lost);
    return "rested";
  }

  /** How long the session delivered; one that nothing ever came from did not. */
  #heldMs(failure: StreamFailure): number {
    const { lastEventAt } = this.#status;
    if (this.#subscribedAt === null) return 0;
    if (failure === "unheard" && (lastEventAt ?? 0) < this.#subscribedAt) return 0;
    return this.#parts.clock.now() - this.#subscribedAt;
  }

  #tell({ failure, reason }: FailedSession, pauseMs: number, attention: string | null): void {
    const { log } = this.#parts;
    const { ends } = this.#status;
    this.#lastFailure = failure;
    this.#note({ lastEnd: reason, attention, ends: { ...ends, [failure]: ends[failure] + 1 } });
    const fields = { failure, reason, pauseMs };
    if (attention === null) log.info(fields, "the stream's session ended; the next one resumes");
    else log.warn(fields, attention);
  }

  #receive(delivered: DeliveredEvent, run: SessionRun): void {
    const { names, clock, overfullSize = 10_000 } = this.#parts;
    const event = readPlatformEventMessage(delivered, names);
    const nowMs = clock.now();
    const lagMs = event.publishedAt === null ? null : Math.max(0, nowMs - event.publishedAt);
    this.#note({ lastEventAt: nowMs, lagMs, attention: null, events: this.#status.events + 1 });
    this.#heartbeat?.heard(event);
    this.#queue.add(event);
    if (this.#queue.size >= overfullSize) run.close("overfull");
  }

  async #awaitCapacity(timeoutMs: number, run: SessionRun): Promise<void> {
    const { clock, fullSize = 500 } = this.#parts;
    if (this.#queue.size < fullSize) return;
    const waited = new AbortController();
    const capacity = this.#queue.below(fullSize).then(() => waited.abort());
    await Promise.race([
      capacity,
      clock.sleep(timeoutMs, AbortSignal.any([waited.signal, run.ended])),
    ]);
    if (this.#queue.size >= fullSize) run.close("overfull");
  }

  async #missed(reason: string): Promise<void> {
    const { log } = this.#parts;
    log.warn({}, reason);
    try {
      await this.#gaps.mark(reason);
      await this.#gaps.settle();
    } catch (error) {
      this.#failKeeping(error);
    }
  }

  #failKeeping(error: unknown): void {
    const reason = describeError(error);
    this.#parts.log.error({ error: reason }, "messages could not be stored");
    // Another subscriber's doing is no fault of the store.
    const failure = error instanceof CheckpointMovedError ? "lost" : "not_kept";
    this.#keepingFailed = { failure, reason };
    this.#run?.fail(this.#keepingFailed);
  }

  #step(event: StreamEvent): StreamAction {
    const { to, action } = streamStep(this.#status.state, event);
    const nowMs = this.#parts.clock.now();
    const delivers = to === "subscribed" || to === "standby";
    const downSince = delivers ? null : (this.#status.downSince ?? nowMs);
    this.#note({ state: to, since: nowMs, downSince });
    this.#parts.paths.noteStream(downSince);
    return action;
  }

  #note(news: Partial<StreamStatus>): void {
    this.#status = { ...this.#status, ...news };
  }
}
