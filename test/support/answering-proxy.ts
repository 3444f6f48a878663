/** An HTTP proxy before one of the systems, which may answer in its place. */
import { once } from "node:events";
import { createServer, request as send, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  readonly status: number;
  /** @default text/html */
  readonly type?: string;
  readonly body?: string;
}

export interface AnsweringProxy {
  readonly url: string;
  /** What it answers itself; null: the request is passed on. */
  answerWith(choose: (method: string, path: string) => Answer | null): void;
  /** Passes everything on again. */
  passOn(): void;
  /** Requests that it has answered itself. */
  answered(): number;
  close(): Promise<void>;
}

/** @param target address that everything is passed on to, as it came */
export async function startAnsweringProxy(target: string): Promise<AnsweringProxy> {
  let choose: (method: string, path: string) => Answer | null = () => null;
  let answered = 0;
  const server = createServer((request, response) => {
    const { method = "GET", url: path = "/", headers } = request;
    const answer = choose(method, path);
    if (answer !== null) {
      answered += 1;
      request.resume();
      response.writeHead(answer.status, { "content-type": answer.type ?? "text/html" });
      response.end(answer.body ?? "<h1>Not Found</h1>");
      return;
    }
    const { hostname, port } = new URL(target);
    const onward = send({ hostname, port, method, path, headers }, (inner: IncomingMessage) => {
      response.writeHead(inner.statusCode ?? 502, inner.headers);
      inner.pipe(response);
    });
    onward.once("error", () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith(choice) {
      choose = choice;
    },
    passOn() {
      choose = () => null;
    },
    answered: () => answered,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
