import { failures, idOf, type IncomingMessage, type OutgoingMessage } from "./messages.ts";
import type { Session } from "./session.ts";
import type { StreamingContext } from "./streaming-context.ts";

/** A connect that is answered at once, or one to be held. */
export type ConnectDecision =
  | { readonly hold: false; readonly replies: OutgoingMessage[] }
  | { readonly hold: true };

export function connectReply(
  session: Session,
  message: IncomingMessage,
  more: OutgoingMessage = {},
): OutgoingMessage {
  return {
    clientId: session.clientId,
    ...more,
    channel: "/meta/connect",
    ...idOf(message),
    successful: true,
  };
}

/** "The session is gone": the client has to shake hands again. */
export function unknownClient(
  context: StreamingContext,
  message: IncomingMessage,
): OutgoingMessage {
  const none = context.faults.reconnectNoneOnUnknownClient;
  return {
    ...(none ? { clientId: message.clientId } : {}),
    advice: { interval: 0, reconnect: none ? "none" : "handshake" },
    channel: message.channel,
    ...idOf(message),
    ...(message.subscription === undefined ? {} : { subscription: message.subscription }),
    error: failures.unknownClient,
    successful: false,
  };
}

/** The session's token was revoked: a held poll and every later one get that answer. */
export function tokenRevoked(clientId: string, message: IncomingMessage): OutgoingMessage[] {
  return [
    { channel: "/meta/disconnect" },
    {
      clientId,
      advice: { interval: 0, reconnect: "none" },
      channel: "/meta/connect",
      ...idOf(message),
      error: failures.invalidToken,
      successful: false,
    },
  ];
}

/** A busy server says 401 in `error`; the truth is in `ext`. */
export function serverTooBusy(clientId: string, message: IncomingMessage): OutgoingMessage {
  return {
    channel: "/meta/connect",
    ...idOf(message),
    error: failures.invalidToken,
    successful: false,
    ext: { sfdc: { failureReason: failures.tooBusy } },
    clientId,
    advice: { reconnect: "none", interval: 0 },
  };
}

export function dailyLimitReached(session: Session, message: IncomingMessage): OutgoingMessage {
  return {
    clientId: session.clientId,
    advice: { interval: 0, reconnect: "none" },
    channel: "/meta/connect",
    ...idOf(message),
    error: failures.dailyLimit,
    successful: false,
  };
}

/** Decides over one connect of a living session. `alone`: no other message in the request. */
export function handleConnect(
  context: StreamingContext,
  session: Session,
  message: IncomingMessage,
  alone: boolean,
): ConnectDecision {
  if (context.tokens.userIdOf(session.options.token) === null) {
    return { hold: false, replies: tokenRevoked(session.clientId, message) };
  }
  if (context.faults.takeOne("tooBusy")) {
    return { hold: false, replies: [serverTooBusy(session.clientId, message)] };
  }
  if (context.allocation.used() >= context.options.dailyDeliveryLimit) {
    session.subscriptions.clear();
    return { hold: false, replies: [dailyLimitReached(session, message)] };
  }
  if (!session.connected) {
    session.connected = true;
    const advice = { interval: 0, timeout: context.options.pollTimeoutMs, reconnect: "retry" };
    return { hold: false, replies: [connectReply(session, message, { advice })] };
  }
  if (!alone || message.advice?.timeout === 0) {
    return { hold: false, replies: [...session.takeQueue(), connectReply(session, message)] };
  }
  return { hold: true };
}
