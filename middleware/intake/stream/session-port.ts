/**
 * The stream's transport behind a small port: CometD now (`cometd-session.ts`), the Pub/Sub API as
 * well one day. The supervisor in `stream.ts` knows nothing else of either.
 */
import type { StreamFailure } from "../../model/answers/stream-failure.ts";

/** Where a session starts: with new events only, with all that are kept, or after one event. */
export type ReplayFrom = "new" | "all" | { readonly after: string };

/** One event of the channel, as any transport brings it. */
export interface DeliveredEvent {
  /** Opaque: tells no order and is never computed with, so CometD's number is text here. */
  readonly replayId: string;
  /** The same for each delivery of one event; null when the transport brings none. */
  readonly eventUuid: string | null;
  /** Fields by API name. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What one session is asked for. Nothing is called any more once it has ended. */
export interface SessionRequest {
  readonly replayFrom: ReplayFrom;
  readonly onSubscribed: () => void;
  /** The other side has answered anything at all. */
  readonly onReply: () => void;
  /** In the order of the channel. */
  readonly onEvent: (event: DeliveredEvent) => void;
  /** Something came on the channel that is no event, and was passed over. */
  readonly onUnreadable: () => void;
  /**
   * Awaited before more events are asked for; resolves when there is room for them.
   * @param timeoutMs how long the other side keeps the session meanwhile; without room by then,
   * the supervisor closes the session itself
   */
  readonly awaitCapacity: (timeoutMs: number) => Promise<void>;
}

export interface SessionEnd {
  readonly failure: StreamFailure;
  readonly reason: string;
  /** Something else than the other side has answered: it may live at another address by now. */
  readonly elsewhere?: boolean;
}

export interface StreamSession {
  /** Resolves once, with why the session ended. */
  readonly ended: Promise<SessionEnd>;
  close(): void;
}

/**
 * Opens one session, signing in when needed. A session that stumbles in any way ends: it never
 * recovers by itself.
 * @throws SystemError when there is no access token to be had
 */
export type OpenSession = (request: SessionRequest) => Promise<StreamSession>;
