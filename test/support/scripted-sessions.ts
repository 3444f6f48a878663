/** The stream's transport as a script: a test says what each session gets to hear. */
import type {
  DeliveredEvent,
  OpenSession,
  ReplayFrom,
  SessionEnd,
  SessionRequest,
} from "../../middleware/intake/stream/session-port.ts";
import { eventually } from "./eventually.ts";

export interface ScriptedSession {
  readonly replayFrom: ReplayFrom;
  readonly request: SessionRequest;
  /** The supervisor has closed it. */
  readonly closed: boolean;
  subscribe(): void;
  deliver(...events: DeliveredEvent[]): void;
  end(failure: SessionEnd["failure"], reason?: string): void;
}

export interface ScriptedSessions {
  readonly openSession: OpenSession;
  readonly opened: readonly ScriptedSession[];
  /** Waits for the session of this number, the first being 1. */
  session(number: number): Promise<ScriptedSession>;
  /** The next attempts to open one throw this; null: they succeed. */
  refuse(error: Error | null): void;
}

export function scriptSessions(): ScriptedSessions {
  const opened: ScriptedSession[] = [];
  let refusal: Error | null = null;
  const openSession: OpenSession = (request) => {
    if (refusal !== null) return Promise.reject(refusal);
    let tell: (end: SessionEnd) => void = () => undefined;
    const ended = new Promise<SessionEnd>((resolve) => (tell = resolve));
    const state = { closed: false };
    opened.push({
      request,
      replayFrom: request.replayFrom,
      get closed() {
        return state.closed;
      },
      subscribe() {
        request.onReply();
        request.onSubscribed();
      },
      deliver: (...events) => events.forEach((event) => request.onEvent(event)),
      end: (failure, reason = failure) => tell({ failure, reason }),
    });
    const close = () => {
      state.closed = true;
      tell({ failure: "lost", reason: "closed" });
    };
    return Promise.resolve({ ended, close });
  };
  return {
    openSession,
    opened,
    session: (number) => eventually(`session ${number} is opened`, () => opened[number - 1]),
    refuse: (error) => (refusal = error),
  };
}

/** An event about one Campaign. */
export function aSignal(
  replayId: number,
  { kind = "campaigns_changed", requestId = "", uuid = `uuid-of-${replayId}` } = {},
): DeliveredEvent {
  return {
    replayId: String(replayId),
    eventUuid: uuid,
    payload: {
      Kind__c: kind,
      Campaign_Ids__c: kind === "campaigns_changed" ? JSON.stringify([campaignOf(replayId)]) : null,
      Request_Id__c: requestId,
    },
  };
}

/** The Campaign that `aSignal` of this replay id is about. */
export function campaignOf(replayId: number): string {
  return `701${String(replayId).padStart(12, "0")}AAA`;
}
