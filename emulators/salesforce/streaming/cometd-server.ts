import type { IncomingMessage as HttpRequest, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { connectReply, type ConnectDecision, handleConnect, unknownClient } from "./connect.ts";
import { readCookies } from "./cookies.ts";
import { handleHandshake } from "./handshake.ts";
import {
  failures,
  idOf,
  type IncomingMessage,
  incomingMessage,
  type OutgoingMessage,
} from "./messages.ts";
import { readBody, RequestTooLarge } from "./read-body.ts";
import { endSession, killSockets, pushRevocation } from "./push-to-polls.ts";
import { sendReplies } from "./send-replies.ts";
import type { HeldPoll, Session } from "./session.ts";
import type { StreamingContext } from "./streaming-context.ts";
import { handleSubscribe, handleUnsubscribe } from "./subscribe.ts";

const incomingBatch = z.union([z.array(incomingMessage), incomingMessage.transform((m) => [m])]);

/** Streaming API versions before this one were retired. */
const oldestVersion = 37;

/** The Bayeux server of the Streaming API: long-polling over plain HTTP, as Salesforce speaks it. */
export class CometdServer {
  constructor(
    private readonly context: StreamingContext,
    private readonly newestVersion: number,
  ) {
    context.bus.onEvent((event) => {
      for (const session of context.sessions.values()) {
        if (session.subscriptions.has(event.channel)) session.enqueue(event);
      }
    });
    context.tokens.onRevoked((token) => pushRevocation(context, token));
  }

  async handle(request: HttpRequest, response: ServerResponse): Promise<void> {
    const fault = this.context.faults.takeResponse();
    if (fault) {
      response.writeHead(fault.status, { "Content-Type": fault.contentType }).end(fault.body);
      return;
    }
    const delayMs = this.context.faults.takeDelayMs();
    if (delayMs > 0) await sleep(delayMs);
    const version = /^\/cometd\/(\d+)\.0(?:[/?]|$)/.exec(request.url ?? "")?.[1];
    const versionError = this.versionError(version);
    if (versionError !== null) {
      const reply = { channel: "/meta/handshake", error: versionError, successful: false };
      sendReplies(this.context, response, [reply], { status: 400 });
      return;
    }
    let batch: IncomingMessage[];
    try {
      batch = incomingBatch.parse(JSON.parse(await readBody(request)));
    } catch (error) {
      response.writeHead(error instanceof RequestTooLarge ? 413 : 400).end();
      return;
    }
    this.answer(request, response, batch, Number(version));
  }

  close(): void {
    killSockets(this.context);
    for (const session of this.context.sessions.values()) endSession(this.context, session);
  }

  private versionError(version: string | undefined): string | null {
    if (version === undefined) return failures.noVersion;
    const number = Number(version);
    if (number < oldestVersion || number > this.newestVersion) return failures.unsupportedVersion;
    return null;
  }

  private answer(
    request: HttpRequest,
    response: ServerResponse,
    batch: readonly IncomingMessage[],
    version: number,
  ): void {
    const replies: OutgoingMessage[] = [];
    const cookies: string[] = [];
    for (const message of batch) {
      if (message.channel === "/meta/handshake") {
        const answer = handleHandshake(this.context, message, request.headers, version, {
          onExpired: (session) => endSession(this.context, session),
          onRelease: (session, poll, events) => this.releasePoll(session, poll, events),
        });
        replies.push(answer.reply);
        cookies.push(...answer.cookies);
        continue;
      }
      const session = this.context.sessions.get(message.clientId ?? "");
      const cookieError = session && this.cookieError(session, request);
      if (!session || cookieError === failures.unknownClient) {
        replies.push(unknownClient(this.context, message));
        continue;
      }
      if (cookieError !== null && cookieError !== undefined) {
        replies.push({ ...echo(message), error: cookieError, successful: false });
        continue;
      }
      const decision = this.dispatch(session, message, batch.length === 1);
      if (decision.hold) {
        this.holdPoll(session, message, response);
        return;
      }
      replies.push(...decision.replies);
    }
    const clientIds = new Set(batch.map((message) => message.clientId));
    sendReplies(this.context, response, replies, { cookies, clientIds });
  }

  private dispatch(session: Session, message: IncomingMessage, alone: boolean): ConnectDecision {
    switch (message.channel) {
      case "/meta/connect": {
        const decision = handleConnect(this.context, session, message, alone);
        if (!decision.hold) this.countDeliveries(decision.replies);
        return decision;
      }
      case "/meta/subscribe":
        return { hold: false, replies: handleSubscribe(this.context, session, message) };
      case "/meta/unsubscribe":
        return { hold: false, replies: handleUnsubscribe(session, message) };
      case "/meta/disconnect":
        endSession(this.context, session);
        return answered({ clientId: session.clientId, ...echo(message), successful: true });
      default: {
        const error = "403:denied_by_security_policy:publish_denied";
        return answered({ ...echo(message), error, successful: false });
      }
    }
  }

  private cookieError(session: Session, request: HttpRequest): string | null {
    const cookies = readCookies(request.headers.cookie);
    const browser = cookies.get("BAYEUX_BROWSER");
    if (browser === undefined) return failures.noBrowserCookie(session.clientId);
    // Without the routing cookie the request meets another server, which knows nothing of us.
    const routed = cookies.has("sfdc-stream") && browser === session.options.browserCookie;
    return routed ? null : failures.unknownClient;
  }

  private holdPoll(session: Session, message: IncomingMessage, response: ServerResponse): void {
    if (this.context.faults.takeOne("hangs")) {
      session.startExpiry();
      return;
    }
    session.hold(message, response, this.context.options.pollTimeoutMs);
  }

  private releasePoll(session: Session, poll: HeldPoll, events: OutgoingMessage[]): void {
    this.countDeliveries(events);
    const reply = connectReply(session, poll.message);
    const first = this.context.faults.connectReplyFirst;
    const replies = first ? [reply, ...events] : [...events, reply];
    const clientIds = [session.clientId];
    sendReplies(this.context, poll.response, replies, { clientIds, hasEvents: events.length > 0 });
  }

  private countDeliveries(messages: readonly OutgoingMessage[]): void {
    const delivered = messages.filter((message) => "data" in message).length;
    this.context.counts.delivered += delivered;
    this.context.allocation.add(delivered);
  }
}

function echo(message: IncomingMessage): OutgoingMessage {
  return { channel: message.channel, ...idOf(message) };
}

function answered(reply: OutgoingMessage): ConnectDecision {
  return { hold: false, replies: [reply] };
}
