import type { ServerResponse } from "node:http";
import type { StoredEvent } from "./event-bus.ts";
import { eventMessage, type IncomingMessage, type OutgoingMessage } from "./messages.ts";

/** A /meta/connect that waits for something to say. */
export interface HeldPoll {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly timer: NodeJS.Timeout;
}

export interface SessionOptions {
  readonly clientId: string;
  readonly token: string;
  readonly userId: string;
  readonly apiVersion: number;
  readonly browserCookie: string;
  readonly reconnectWindowMs: number;
  readonly onExpired: (session: Session) => void;
  /** Answers a poll that has been let go, with the events that were queued. */
  readonly onRelease: (session: Session, poll: HeldPoll, events: OutgoingMessage[]) => void;
}

/**
 * One CometD session. It lives while a poll is held, and for the reconnect window after each answer;
 * then it is forgotten, which the client learns as "403::Unknown client".
 */
export class Session {
  readonly subscriptions = new Set<string>();
  /** The first connect after a handshake is answered at once, with advice. */
  connected = false;
  private queue: StoredEvent[] = [];
  private held: HeldPoll | null = null;
  private expiry: NodeJS.Timeout | null = null;
  private flushing: NodeJS.Immediate | null = null;

  constructor(readonly options: SessionOptions) {
    this.startExpiry();
  }

  get clientId(): string {
    return this.options.clientId;
  }

  get isHeld(): boolean {
    return this.held !== null;
  }

  enqueue(event: StoredEvent): void {
    this.queue.push(event);
    // One turn of patience puts the events of one transaction into one answer.
    this.flushing ??= setImmediate(() => {
      this.flushing = null;
      if (this.queue.length > 0) this.release();
    });
  }

  /** Takes all queued events: once taken they are gone, whether the socket still lives or not. */
  takeQueue(): OutgoingMessage[] {
    return this.queue.splice(0).map((event) => eventMessage(event, this.options.apiVersion));
  }

  /** Holds a poll until there are events, or for so long. A poll held before is let go first. */
  hold(message: IncomingMessage, response: ServerResponse, waitMs: number): void {
    this.release();
    this.stopExpiry();
    const timer = setTimeout(() => this.release(), waitMs);
    this.held = { message, response, timer };
    response.once("close", () => {
      // The client went away: its events wait for the next poll.
      if (this.held?.response === response && this.takePoll()) this.startExpiry();
    });
    if (this.queue.length > 0) this.release();
  }

  /** Gives the held poll to who answers it in words of their own. */
  takePoll(): HeldPoll | null {
    const poll = this.held;
    this.held = null;
    if (poll) clearTimeout(poll.timer);
    return poll;
  }

  startExpiry(): void {
    this.stopExpiry();
    this.expiry = setTimeout(() => this.options.onExpired(this), this.options.reconnectWindowMs);
  }

  /** Counts the window anew, unless a poll is held: then the session lives by it. */
  restartExpiry(): void {
    if (!this.held) this.startExpiry();
  }

  end(): void {
    this.stopExpiry();
    if (this.flushing) clearImmediate(this.flushing);
    this.takePoll();
    this.queue = [];
  }

  private release(): void {
    const poll = this.takePoll();
    if (poll) this.options.onRelease(this, poll, this.takeQueue());
  }

  private stopExpiry(): void {
    if (this.expiry) clearTimeout(this.expiry);
    this.expiry = null;
  }
}
