/** `fetch` for calls to the two systems, through a proxy where one is set: Node 20's own knows none. */
import { request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http";
import { Agent, request as httpsRequest, type RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { proxyFor, type Proxy } from "./proxies.ts";

export interface OutboundRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Redirects are answers, not followed.
 * @throws when no whole answer comes; a `TimeoutError` when `signal` says so
 */
export async function outboundFetch(url: string, request: OutboundRequest): Promise<Response> {
  const target = new URL(url);
  const proxy = proxyFor(target);
  if (proxy === null) return globalThis.fetch(url, { ...request, redirect: "manual" });
  try {
    return await throughProxy(target, proxy, request);
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    throw error;
  }
}

async function throughProxy(
  target: URL,
  proxy: Proxy,
  { method, headers, body = "", signal }: OutboundRequest,
): Promise<Response> {
  const length =
    body === "" && method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options = { method, signal, headers: { ...headers, ...length } };
  const sent =
    target.protocol === "https:"
      ? httpsRequest(target, { ...options, agent: agentFor(proxy) })
      : requestOf(proxy)(proxy.url, {
          ...options,
          path: target.href,
          headers: { ...options.headers, ...proxy.headers, host: target.host },
        });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(body);
  });
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  const { statusCode: status = 502 } = answer;
  const entries = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  // An answer of these has no body, and a Response with one can't be made.
  const isBare = [204, 205, 304].includes(status);
  return new Response(isBare ? null : Buffer.concat(parts), { status, headers: entries });
}

function requestOf({ url }: Proxy): typeof httpRequest {
  return url.protocol === "https:" ? httpsRequest : httpRequest;
}

/** One per proxy, so that tunnels are used again. */
const agents = new Map<string, TunnelAgent>();

function agentFor(proxy: Proxy): TunnelAgent {
  const key = JSON.stringify([proxy.url.href, proxy.headers]);
  const agent = agents.get(key) ?? new TunnelAgent(proxy);
  agents.set(key, agent);
  return agent;
}

const tunnelTimeoutMs = 30_000;

type OnSocket = (error: Error | null, socket?: Duplex) => void;

/** Connections through `CONNECT` (RFC 9110, 9.3.6), so that the proxy reads nothing of them. */
class TunnelAgent extends Agent {
  readonly #proxy: Proxy;

  constructor(proxy: Proxy) {
    super({ keepAlive: true });
    this.#proxy = proxy;
  }

  override createConnection(options: RequestOptions, onSocket: OnSocket): undefined {
    const path = `${options.host ?? ""}:${options.port ?? 443}`;
    const headers = { ...this.#proxy.headers, host: path };
    const connecting: ClientRequest = requestOf(this.#proxy)(this.#proxy.url, {
      method: "CONNECT",
      path,
      headers,
      agent: false,
    });
    connecting.setTimeout(tunnelTimeoutMs, () =>
      connecting.destroy(new Error("the proxy is silent")),
    );
    connecting.once("error", onSocket);
    connecting.once("connect", ({ statusCode = 0 }, socket) => {
      connecting.setTimeout(0);
      if (statusCode === 200) onSocket(null, secured(this, { ...options, socket }));
      else {
        socket.destroy();
        onSocket(new Error(`the proxy answers HTTP ${statusCode}`));
      }
    });
    connecting.end();
    return undefined;
  }
}

function secured(agent: Agent, options: object): Duplex {
  // The types of Node 20 leave the method out.
  const own = Agent.prototype as unknown as Record<
    "createConnection",
    (this: Agent, options: object) => Duplex
  >;
  return own.createConnection.call(agent, options);
}
