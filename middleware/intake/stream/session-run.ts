/** One session under way: what has become of it, for the supervisor's loop to wait for. */
import { describeError, SystemError } from "../../runtime/errors.ts";
import type {
  DeliveredEvent,
  OpenSession,
  ReplayFrom,
  SessionEnd,
  SessionRequest,
  StreamSession,
} from "./session-port.ts";
import type { StreamEvent } from "./states.ts";

export interface FailedSession extends SessionEnd {
  /** How long the other side wants to be left alone. */
  readonly retryAfterMs?: number;
}

export interface SessionRunParts {
  readonly openSession: OpenSession;
  readonly replayFrom: ReplayFrom;
  readonly onReply: () => void;
  readonly onEvent: (event: DeliveredEvent) => void;
  readonly onUnreadable: () => void;
  /** Rejects never. */
  readonly awaitCapacity: (timeoutMs: number) => Promise<void>;
}

export class SessionRun {
  readonly replayFrom: ReplayFrom;
  readonly subscribed: Promise<StreamEvent>;
  /** Resolves with the first of all reasons to end it. */
  readonly over: Promise<StreamEvent>;
  /** Aborted when it is over. */
  readonly ended: AbortSignal;
  /** Why it ended; null while it has not, and when we closed it for no fault of its own. */
  end: FailedSession | null = null;
  readonly #over = new AbortController();
  #tellOver: (event: StreamEvent) => void = () => undefined;
  #session: StreamSession | null = null;

  constructor({ openSession, ...parts }: SessionRunParts) {
    this.replayFrom = parts.replayFrom;
    this.ended = this.#over.signal;
    this.over = new Promise((resolve) => (this.#tellOver = resolve));
    let tellSubscribed: (event: StreamEvent) => void = () => undefined;
    this.subscribed = new Promise((resolve) => (tellSubscribed = resolve));
    const live = (work: () => void) => (this.ended.aborted ? undefined : work());
    const request: SessionRequest = {
      replayFrom: parts.replayFrom,
      onSubscribed: () => live(() => tellSubscribed("subscribed")),
      onReply: () => live(parts.onReply),
      onEvent: (event) => live(() => parts.onEvent(event)),
      onUnreadable: () => live(parts.onUnreadable),
      awaitCapacity: (timeoutMs) => parts.awaitCapacity(timeoutMs),
    };
    // Not before the creator of the run has got hold of it.
    Promise.resolve()
      .then(() => openSession(request))
      .then(
        (session) => this.#hold(session),
        (error: unknown) => this.fail(failureOf(error)),
      );
  }

  /** Ends it as a failure of its own. */
  fail(end: FailedSession): void {
    if (this.ended.aborted) return;
    this.end = end;
    this.close("ended");
  }

  /** Ends it from our side; nothing of it is heard any more. */
  close(event: StreamEvent): void {
    if (this.ended.aborted) return;
    this.#over.abort();
    this.#session?.close();
    this.#tellOver(event);
  }

  #hold(session: StreamSession): void {
    this.#session = session;
    if (this.ended.aborted) session.close();
    void session.ended.then((end) => this.fail(end));
  }
}

function failureOf(error: unknown): FailedSession {
  const reason = describeError(error);
  if (!(error instanceof SystemError)) return { failure: "lost", reason };
  if (error.kind === "held") return { failure: "held", reason };
  // Opening a session begins with the sign-in, and nothing else of it throws.
  const refused = error.kind === "configuration" || error.kind === "sign_in";
  const failure = refused ? "sign_in" : "lost";
  return { failure, reason, retryAfterMs: error.retryAfterMs ?? 0 };
}
