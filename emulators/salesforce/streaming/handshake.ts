import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { tokenOf } from "../setup/token-sessions.ts";
import { handshakeCookies, newCookieValue } from "./cookies.ts";
import {
  deniedHandshake,
  extensions,
  failures,
  idOf,
  type IncomingMessage,
  type OutgoingMessage,
} from "./messages.ts";
import { Session, type SessionOptions } from "./session.ts";
import type { StreamingContext } from "./streaming-context.ts";

export interface HandshakeAnswer {
  readonly reply: OutgoingMessage;
  readonly cookies: readonly string[];
}

/** Opens a session, or says in `ext.sfdc` why not. The answer carries no advice when it succeeds. */
export function handleHandshake(
  context: StreamingContext,
  message: IncomingMessage,
  headers: IncomingHttpHeaders,
  apiVersion: number,
  callbacks: Pick<SessionOptions, "onExpired" | "onRelease">,
): HandshakeAnswer {
  const token = tokenOf(headers.authorization);
  const userId = context.tokens.userIdOf(token);
  const reason = refusal(context, token, userId);
  if (reason !== null || token === null || userId === null) {
    return { reply: deniedHandshake(message, reason ?? failures.invalidToken), cookies: [] };
  }
  const session = new Session({
    clientId: randomBytes(20).toString("hex").slice(0, 27),
    token,
    userId,
    apiVersion,
    browserCookie: newCookieValue(),
    reconnectWindowMs: context.options.reconnectWindowMs,
    ...callbacks,
  });
  context.sessions.set(session.clientId, session);
  context.counts.handshakes += 1;
  // Cookie times are real time: it is the client's jar that reads them.
  const routingUntil = new Date(Date.now() + context.options.routingCookieTtlMs);
  return {
    reply: {
      ext: extensions,
      minimumVersion: "1.0",
      clientId: session.clientId,
      supportedConnectionTypes: ["long-polling"],
      channel: "/meta/handshake",
      ...idOf(message),
      version: "1.0",
      successful: true,
    },
    cookies: handshakeCookies(
      session.options.browserCookie,
      routingUntil,
      context.faults.takeOne("foreignCookies"),
    ),
  };
}

function refusal(
  context: StreamingContext,
  token: string | null,
  userId: string | null,
): string | null {
  const ordered = context.faults.takeDenial();
  if (ordered !== null) return ordered;
  if (token === null) return failures.noToken;
  if (userId === null) return failures.invalidToken;
  if (context.sessions.size >= context.options.concurrentClientLimit) {
    return failures.tooManyClients;
  }
  return null;
}
