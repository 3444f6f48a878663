/**
 * The only place that reaches into faye (1.4.3): it hides what we have to know of each request.
 * faye ignores HTTP statuses, notices a cut answer only after 1.2 times the poll, never aborts a
 * poll, and lets a cookie for a foreign domain or an answer of an odd shape end the process.
 */
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Client, Message } from "faye";
import NodeHttp from "faye/src/transport/node_http.js";
import { z } from "zod";
import { describeError } from "../../../runtime/errors.ts";

/** What went wrong with a request; `status` is that of an answer without any Bayeux message. */
export interface TransportFault {
  readonly reason: string;
  readonly status: number | null;
  /** Not Salesforce has answered: a redirect, or a page. */
  readonly elsewhere?: boolean;
}

interface Watcher {
  readonly requests: Set<ClientRequest>;
  /** Bayeux messages that have come in. */
  messages: number;
  readonly onFault: (fault: TransportFault) => void;
  readonly onOddMessage: () => void;
}

/** An answer is collected in one string; Salesforce's are below a few MB. */
const maxAnswerLength = 64 * 1024 * 1024;
/** No caller waits for the answer to a goodbye. */
const goodbyeMs = 2_000;

const watchers = new WeakMap<object, Watcher>();

/* eslint-disable @typescript-eslint/unbound-method -- called with their own `this` below */
const originalRequest = NodeHttp.prototype.request;
const originalStoreCookies = NodeHttp.prototype._storeCookies;
const originalReceive = NodeHttp.prototype._receive;
/* eslint-enable @typescript-eslint/unbound-method */

NodeHttp.prototype.request = function request(messages) {
  const watcher = watchers.get(this._dispatcher);
  const sent = endingWith(watcher, () => originalRequest.call(this, messages));
  if (watcher === undefined || sent === undefined) return sent;
  watcher.requests.add(sent);
  sent.on("close", () => watcher.requests.delete(sent));
  sent.on("error", (error) => watcher.onFault({ reason: error.message, status: null }));
  sent.on("response", (response: IncomingMessage) => watchAnswer(watcher, response));
  return sent;
};

/** Which proxy is gone through is said with the client, by one rule for all calls. */
NodeHttp.prototype._findProxy = () => undefined;

NodeHttp.prototype._storeCookies = function storeCookies(setCookie) {
  for (const cookie of setCookie ?? []) {
    try {
      originalStoreCookies.call(this, [cookie]);
    } catch {
      // Salesforce sets cookies for .salesforce.com as well; they are not ours to keep.
    }
  }
};

/** What faye and we read of a message; REST's errors and gateways' JSON are none. */
const bayeuxMessage = z.looseObject({
  channel: z.string(),
  id: z.string().optional(),
  clientId: z.string().min(1).max(1_000).optional(),
  successful: z.boolean().optional(),
  error: z.string().optional(),
  advice: z
    .looseObject({
      reconnect: z.string().optional(),
      interval: z.number().optional(),
      timeout: z.number().positive().optional(),
    })
    .optional(),
});

NodeHttp.prototype._receive = function receive(replies) {
  const watcher = watchers.get(this._dispatcher);
  const all = [replies].flat();
  const messages = all.filter((it) => bayeuxMessage.safeParse(it).success);
  for (const message of messages) boundAdvice(message as Message);
  if (messages.length === 0) return;
  endingWith(watcher, () => originalReceive.call(this, messages));
  if (messages.length < all.length) watcher?.onOddMessage();
};

/** faye makes timers of these. */
const maxIntervalMs = 30_000;
const pollBoundsMs = [1_000, 10 * 60_000] as const;

/** A number of the other side's is followed as far as a session bears it. */
function boundAdvice({ advice }: Message): void {
  if (advice === undefined) return;
  const { interval, timeout } = advice;
  if (interval !== undefined) advice.interval = Math.min(Math.max(0, interval), maxIntervalMs);
  if (timeout !== undefined) {
    const [min, max] = pollBoundsMs;
    advice.timeout = Math.min(Math.max(min, timeout), max);
  }
}

/** faye throws in callbacks of timers and sockets, where it can't be caught. */
function endingWith<T>(watcher: Watcher | undefined, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    watcher?.onFault({ reason: `faye: ${describeError(error)}`, status: null });
    return undefined;
  }
}

function watchAnswer(watcher: Watcher, response: IncomingMessage): void {
  let before = watcher.messages;
  let length = 0;
  response.on("data", (chunk: string) => {
    length += chunk.length;
    if (length <= maxAnswerLength) return;
    watcher.onFault({ reason: "the answer is too large", status: null });
    response.destroy();
  });
  // faye takes the messages in between these two listeners: what they mean goes before the status.
  response.prependListener("end", () => (before = watcher.messages));
  response.on("end", () => {
    const status = response.statusCode ?? 0;
    const empty = watcher.messages === before;
    const isPage = response.headers["content-type"]?.includes("text/html") === true;
    const elsewhere = empty && (isPage || (status >= 300 && status < 400));
    if (status !== 200) {
      watcher.onFault({ reason: `HTTP ${status}`, status: empty ? status : null, elsewhere });
    } else if (empty) {
      watcher.onFault({ reason: "the answer is not Bayeux", status: null, elsewhere });
    }
  });
  response.on("close", () => {
    if (!response.complete) watcher.onFault({ reason: "the answer was cut off", status: null });
  });
}

export interface WatchedTransport {
  /** To be called for each message that comes in. */
  countMessage(): void;
  /**
   * Ends everything the client still has under way.
   * @param clientId the session to say goodbye to, so that it does not count against the org's
   * clients until Salesforce forgets it; null: it is of no use any more
   */
  dispose(clientId: string | null): void;
}

/**
 * Watches a client's requests.
 * @param onFault an answer that is not 200, was cut off, holds no message, can't be worked on, or
 * never came
 * @param onOddMessage something among the messages of an answer is none
 */
export function watchTransport(
  client: Client,
  onFault: (fault: TransportFault) => void,
  onOddMessage: () => void,
): WatchedTransport {
  const dispatcher = (client as unknown as { _dispatcher: FayeDispatcher })._dispatcher;
  const requests = new Set<ClientRequest>();
  let live = true;
  const watcher: Watcher = {
    requests,
    messages: 0,
    onFault: (fault) => (live ? onFault(fault) : undefined),
    onOddMessage: () => (live ? onOddMessage() : undefined),
  };
  watchers.set(dispatcher, watcher);
  return {
    countMessage: () => (watcher.messages += 1),
    dispose(clientId) {
      live = false;
      const carrier = dispatcher._transport;
      for (const envelope of dispatcher._envelopes.values()) clearTimeout(envelope.timer);
      dispatcher._envelopes.clear();
      dispatcher.close();
      for (const request of requests) request.destroy();
      if (clientId === null || carrier === undefined) return;
      const goodbye = carrier.request([{ channel: "/meta/disconnect", clientId, id: "goodbye" }]);
      goodbye?.setTimeout(goodbyeMs, () => goodbye.destroy());
    },
  };
}

interface FayeDispatcher {
  readonly _envelopes: Map<string, { timer?: NodeJS.Timeout }>;
  readonly _transport?: { request(messages: unknown[]): ClientRequest | undefined };
  close(): void;
}
