/** Hands a request to the service on this machine, and its answer back, as they come. */
import { Agent, request as send, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";

export interface Forwarder {
  forward(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

/** They are about one connection, not about the request (RFC 9110, 7.6.1). */
const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "te", "upgrade"]);
/** Of an answer: Node chooses it anew. */
const ofAnswer = new Set([...ofConnection, "transfer-encoding"]);

export function createForwarder(port: number): Forwarder {
  const agent = new Agent({ keepAlive: true });
  return {
    forward(request, response) {
      const { method, url: path, rawHeaders } = request;
      const headers = pairsWithout(rawHeaders, ofConnection);
      const onward = send({
        agent,
        host: "127.0.0.1",
        port,
        method,
        path,
        headers,
        setHost: false,
      });
      onward.on("response", (answer) => {
        const { statusCode = 502, statusMessage } = answer;
        response.writeHead(statusCode, statusMessage, pairsWithout(answer.rawHeaders, ofAnswer));
        pipeline(answer, response, () => undefined);
      });
      onward.on("error", () => {
        if (response.headersSent) response.destroy();
        else {
          response.writeHead(503, { "content-type": "application/json", "retry-after": "5" });
          response.end('{"error":"The service does not answer."}');
        }
      });
      // Who has gone waits for no answer.
      response.on("close", () => onward.destroy());
      pipeline(request, onward, () => undefined);
    },
    close() {
      agent.destroy();
    },
  };
}

/** Names and values in turn, as Node gives and takes them: their case and doubles are kept. */
function pairsWithout(raw: readonly string[], names: ReadonlySet<string>): string[] {
  return raw.filter((_, nth) => !names.has((raw[nth - (nth % 2)] ?? "").toLowerCase()));
}
