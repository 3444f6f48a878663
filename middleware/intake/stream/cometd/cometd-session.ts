/**
 * One CometD session, from handshake to its first anomaly. faye recovers in ways that lose
 * events, so it never gets to: a session that stumbles is thrown away whole and a fresh client
 * replays from the last event that was kept.
 */
import faye, { type Extension, type Message } from "faye";
import { z } from "zod";
import type { Clock } from "../../../runtime/clock.ts";
import { describeError } from "../../../runtime/errors.ts";
import type { SalesforceConnection } from "../../../systems/salesforce/connection/connection.ts";
import { proxyFor } from "../../../systems/http/proxies.ts";
import { classifyFailure, classifyStatus } from "./cometd-failure.ts";
import { watchTransport } from "./faye-transport.ts";
import type {
  DeliveredEvent,
  OpenSession,
  ReplayFrom,
  SessionEnd,
  SessionRequest,
  StreamSession,
} from "../session-port.ts";

/** Unless its advice says otherwise: Streaming API Developer Guide, "Timeouts". */
const defaultPollMs = 110_000;
const graceMs = 15_000;
/** Handshake, first connect and subscribe are answered at once. */
const subscribeMs = 30_000;
/** A client that does not poll within 40 s of an answer is forgotten (same chapter). */
const timeoutMs = 25_000;
const watchStepMs = 1_000;
/** Longer than any session lives: faye must not retry by itself. */
const neverRetrySeconds = 86_400;

const closedByUs: SessionEnd = { failure: "lost", reason: "closed" };

interface CometdSessionParts extends SessionRequest {
  readonly instanceUrl: string;
  readonly accessToken: string;
  readonly apiVersion: string;
  readonly channel: string;
  readonly clock: Clock;
}

/** Sessions of the Streaming API over CometD; a token that it refuses is forgotten. */
export function cometdSessions({
  salesforce,
  ...place
}: {
  readonly salesforce: Pick<SalesforceConnection, "session" | "forget" | "noAnswer">;
  readonly apiVersion: string;
  readonly channel: string;
  readonly clock: Clock;
}): OpenSession {
  return async (request) => {
    const { accessToken, instanceUrl } = await salesforce.session();
    let answered = false;
    const onReply = () => {
      answered = true;
      request.onReply();
    };
    const whereTo = { instanceUrl, accessToken, ...place };
    const session = openCometdSession({ ...whereTo, ...request, onReply });
    const ended = session.ended.then((end) => {
      if (end.failure === "token") salesforce.forget(accessToken);
      if (end.failure === "lost" && !answered && end !== closedByUs) {
        salesforce.noAnswer(end.reason, end.elsewhere);
      }
      return end;
    });
    return { ended, close: () => session.close() };
  };
}

function openCometdSession(parts: CometdSessionParts): StreamSession {
  const { channel, clock } = parts;
  const address = new URL(`${parts.instanceUrl}/cometd/${parts.apiVersion}`);
  const proxy = proxyFor(address);
  const client = new faye.Client(address.href, {
    retry: neverRetrySeconds,
    ...(proxy === null ? {} : { proxy: { origin: proxy.url.origin, headers: proxy.headers } }),
  });
  // Without a tunnel faye says these in a form of its own (1.4.3), which no proxy takes.
  if (proxy !== null && address.protocol === "http:") {
    for (const [name, value] of Object.entries(proxy.headers)) client.setHeader(name, value);
  }
  let end: (why: SessionEnd) => void = () => undefined;
  const ended = new Promise<SessionEnd>((resolve) => (end = resolve));
  const over = new AbortController();
  let deadline = clock.now() + subscribeMs;
  let subscribed = false;
  let pollMs = defaultPollMs;
  let clientId: string | null = null;

  const transport = watchTransport(
    client,
    ({ reason, status, elsewhere = false }) =>
      finish({ failure: status === null ? "lost" : classifyStatus(status), reason, elsewhere }),
    () => parts.onUnreadable(),
  );
  const finish = (why: SessionEnd) => {
    if (over.signal.aborted) return;
    over.abort();
    transport.dispose(why === closedByUs ? clientId : null);
    end(why);
  };
  const awaitNextAnswer = () => {
    if (subscribed) deadline = clock.now() + pollMs + graceMs;
  };

  client.disable("websocket");
  client.setHeader("Authorization", `OAuth ${parts.accessToken}`);
  const extension: Extension = {
    outgoing(message, callback) {
      if (message.channel === "/meta/subscribe" && message.subscription === channel) {
        message.ext = { ...message.ext, replay: { [channel]: toReplayId(parts.replayFrom) } };
      }
      callback(message);
    },
    incoming(message, callback) {
      if (over.signal.aborted) {
        callback(null);
        return;
      }
      transport.countMessage();
      pollMs = message.advice?.timeout ?? pollMs;
      clientId = message.clientId ?? clientId;
      awaitNextAnswer();
      parts.onReply();
      if (message.channel === channel) {
        deliver(parts, message.data);
        callback(null);
        return;
      }
      const failed = failureOf(message) ?? oddReply(message, channel);
      if (failed !== null) {
        finish(failed);
        callback(null);
        return;
      }
      if (message.channel === "/meta/subscribe") {
        subscribed = true;
        awaitNextAnswer();
        parts.onSubscribed();
      }
      if (message.channel !== "/meta/connect") {
        callback(message);
        return;
      }
      // faye polls again on seeing this reply, so events wait at Salesforce while it is held back.
      parts
        .awaitCapacity(timeoutMs)
        .then(() => {
          awaitNextAnswer();
          callback(over.signal.aborted ? null : message);
        })
        .catch((error: unknown) =>
          finish({ failure: "lost", reason: `faye: ${describeError(error)}` }),
        );
    },
  };
  client.addExtension(extension);
  void client.subscribe(channel, () => undefined);
  void watch(clock, over.signal, () => deadline, finish);
  return { ended, close: () => finish(closedByUs) };
}

/** Streaming API Developer Guide, "Message Durability": -1 and -2 stand for places. */
function toReplayId(from: ReplayFrom): number {
  if (from === "new") return -1;
  if (from === "all") return -2;
  return Number(from.after);
}

const envelope = z.object({
  payload: z.looseObject({}),
  event: z.object({
    replayId: z.int().min(0),
    // It is kept as a key: one that could be none is as good as none.
    EventUuid: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/)
      .optional()
      .catch(undefined),
  }),
});

function deliver({ onEvent, onUnreadable }: SessionRequest, data: unknown): void {
  const parsed = envelope.safeParse(data);
  if (!parsed.success) {
    onUnreadable();
    return;
  }
  const { payload, event } = parsed.data;
  const delivered: DeliveredEvent = {
    replayId: String(event.replayId),
    eventUuid: event.EventUuid ?? null,
    payload,
  };
  onEvent(delivered);
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

/**
 * A reply that says "successful" and can't be used: faye would throw, or continue with a
 * session that is none.
 */
function oddReply(message: Message, channel: string): SessionEnd | null {
  const odd = (reason: string): SessionEnd => ({ failure: "lost", reason });
  const types = message.supportedConnectionTypes;
  switch (message.channel) {
    case "/meta/handshake":
      if (message.successful !== true) return odd("the handshake says neither yes nor no");
      if (message.clientId === undefined) return odd("the handshake names no client");
      if (Array.isArray(types) && types.includes("long-polling")) return null;
      return odd("the handshake does not offer long-polling");
    case "/meta/subscribe": {
      if (message.successful !== true) return odd("the subscription says neither yes nor no");
      const named = [message.subscription ?? channel].flat();
      return named.includes(channel) ? null : odd("the subscription is to something else");
    }
    default:
      return null;
  }
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
      finish({ failure: "lost", reason: "no answer in time" });
      return;
    }
    // In steps: every answer moves the deadline, and the first one brings the real length of a poll.
    await clock.sleep(Math.min(leftMs, watchStepMs), over);
  }
}
