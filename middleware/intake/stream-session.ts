/**
 * One CometD session, from handshake to its first anomaly. faye recovers in ways that lose
 * events, so it never gets to: a session that stumbles is thrown away whole and a fresh client
 * replays from the last event that was kept.
 */
import faye, { type Extension, type Message } from "faye";
import type { Clock } from "../clock.ts";
import type { SalesforceConnection } from "../systems/salesforce/connection.ts";
import { watchTransport } from "./faye-transport.ts";
import { classifyFailure, type StreamFailure } from "./stream-failure.ts";

/** Unless its advice says otherwise: Streaming API Developer Guide, "Timeouts". */
const usualPollMs = 110_000;
const graceMs = 15_000;
const watchStepMs = 1_000;
/** Longer than any session lives: faye must not retry by itself. */
const neverRetrySeconds = 86_400;

/** What one session is asked for, whatever carries it. */
export interface SessionRequest {
  /** -1: new events only; -2: all that are kept; otherwise those after this one. */
  readonly replayFrom: number;
  readonly onSubscribed: () => void;
  readonly onReply: () => void;
  /** The `data` of one event of the channel, in order. */
  readonly onEvent: (data: unknown) => void;
}

/** The transport: opens one session, signing in when needed. */
export type OpenSession = (request: SessionRequest) => Promise<StreamSession>;

interface StreamSessionParts extends SessionRequest {
  readonly instanceUrl: string;
  readonly accessToken: string;
  readonly apiVersion: string;
  readonly channel: string;
  readonly clock: Clock;
}

export interface SessionEnd {
  readonly failure: StreamFailure;
  readonly reason: string;
}

export interface StreamSession {
  /** Resolves once, with why the session ended. */
  readonly ended: Promise<SessionEnd>;
  close(): void;
}

/** Sessions of the Streaming API over CometD; a token that it refuses is forgotten. */
export function cometdSessions({
  salesforce,
  apiVersion,
  channel,
  clock,
}: {
  readonly salesforce: SalesforceConnection;
  readonly apiVersion: string;
  readonly channel: string;
  readonly clock: Clock;
}): OpenSession {
  return async (request) => {
    const { accessToken, instanceUrl } = await salesforce.session();
    const place = { instanceUrl, accessToken, apiVersion, channel, clock };
    const session = openStreamSession({ ...place, ...request });
    const ended = session.ended.then((end) => {
      if (end.failure === "token") salesforce.forget(accessToken);
      return end;
    });
    return { ended, close: () => session.close() };
  };
}

function openStreamSession(parts: StreamSessionParts): StreamSession {
  const { channel, clock } = parts;
  const client = new faye.Client(`${parts.instanceUrl}/cometd/${parts.apiVersion}`, {
    retry: neverRetrySeconds,
  });
  let end: (why: SessionEnd) => void = () => undefined;
  const ended = new Promise<SessionEnd>((resolve) => (end = resolve));
  const over = new AbortController();
  let answeredAt = clock.now();
  let pollMs = usualPollMs;

  const transport = watchTransport(client, (fault) => finish({ failure: "lost", reason: fault }));
  const finish = (why: SessionEnd) => {
    if (over.signal.aborted) return;
    over.abort();
    transport.dispose();
    end(why);
  };

  client.disable("websocket");
  client.setHeader("Authorization", `OAuth ${parts.accessToken}`);
  const extension: Extension = {
    outgoing(message, callback) {
      if (message.channel === "/meta/subscribe" && message.subscription === channel) {
        message.ext = { ...message.ext, replay: { [channel]: parts.replayFrom } };
      }
      callback(message);
    },
    incoming(message, callback) {
      if (over.signal.aborted) {
        callback(null);
        return;
      }
      transport.countMessage();
      answeredAt = clock.now();
      pollMs = message.advice?.timeout ?? pollMs;
      parts.onReply();
      if (message.channel === channel) {
        parts.onEvent(message.data);
        callback(null);
        return;
      }
      const failed = failureOf(message);
      if (failed !== null) {
        finish(failed);
        callback(null);
        return;
      }
      if (message.channel === "/meta/subscribe") parts.onSubscribed();
      callback(message);
    },
  };
  client.addExtension(extension);
  void client.subscribe(channel, () => undefined);
  void watch(clock, over.signal, () => answeredAt + pollMs + graceMs, finish);
  return { ended, close: () => finish({ failure: "lost", reason: "closed" }) };
}

function failureOf(message: Message): SessionEnd | null {
  if (message.channel === "/meta/disconnect") return null;
  if (message.channel.startsWith("/meta/") && message.successful === false) {
    return classifyFailure(message);
  }
  if (message.advice?.reconnect === "handshake") {
    return { failure: "unknown_client", reason: "asked for a new handshake" };
  }
  return null;
}

/** A poll that is never answered looks alive to faye for more than two minutes. */
async function watch(
  clock: Clock,
  over: AbortSignal,
  deadline: () => number,
  finish: (why: SessionEnd) => void,
): Promise<void> {
  while (!over.aborted) {
    const leftMs = deadline() - clock.now();
    if (leftMs <= 0) {
      finish({ failure: "lost", reason: "no answer to a poll" });
      return;
    }
    // In steps: every answer moves the deadline, and the first one brings the real length of a poll.
    await clock.sleep(Math.min(leftMs, watchStepMs), over);
  }
}
