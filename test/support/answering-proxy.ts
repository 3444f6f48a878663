/** A real HTTP proxy before one of the systems, which answers for it when told to. */
import { createServer, request as sendOn, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface ProxyAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface AnsweringProxy {
  /** Without a slash at its end. */
  readonly url: string;
  /** What it answers by itself; undefined passes the request on. */
  answer: (request: SeenRequest) => ProxyAnswer | undefined;
  /** As whose requests they are passed on: a host with its port; null: its own. */
  host: string | null;
  /** Requests so far, those it answered itself among them. */
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

export const html = (status: number): ProxyAnswer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Sorry</h1></body></html>`,
});

export const json = (status: number, body: unknown): ProxyAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export const plain = (status: number, body: string): ProxyAnswer => ({
  status,
  headers: { "content-type": "text/plain" },
  body,
});

/** @param target origin of the system behind it */
export async function startAnsweringProxy(target: string): Promise<AnsweringProxy> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((body) => {
      const { method = "GET", url: path = "/", headers } = incoming;
      const request = { method, path, body: body.toString() };
      seen.push(request);
      const own = proxy.answer(request);
      if (own !== undefined) {
        outgoing.writeHead(own.status, own.headers).end(own.body);
        return;
      }
      const onwardHeaders = proxy.host === null ? headers : { ...headers, host: proxy.host };
      const onward = sendOn(target + path, { method, headers: onwardHeaders }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.destroy());
      outgoing.on("close", () => onward.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: AnsweringProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => undefined,
    host: null,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
