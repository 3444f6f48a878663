/**
 * The public address: takes webhooks by itself and hands all else to the service. It shares no
 * event loop with it, so that no comparison makes a webhook wait.
 */
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createTaker, type Outcome } from "../../intake/webhooks/take-webhook.ts";
import type { Refusal } from "../../intake/webhooks/refusals.ts";
import { describeError } from "../../runtime/errors.ts";
import { doorAnswer } from "../../model/answers/door.ts";
import type { InboxWriter } from "../../store/inbox/inbox.ts";
import { listen, closeServer, slowSenderLimits } from "../listen.ts";
import { createForwarder } from "./forward.ts";
import type { DoorEvents, DoorSettings, OpenDoor } from "./settings.ts";
import { Tallies } from "./tallies.ts";

export interface DoorParts {
  readonly settings: DoorSettings;
  readonly events: DoorEvents;
  readonly inbox: InboxWriter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** False when the service has not run for a minute. */
  readonly serviceLives: () => boolean;
}

const webhookPath = /^\/webhooks\/circa\/([^/?]+)\/?(?:\?|$)/i;
const livePath = /^\/health\/live\/?(?:\?|$)/;
const commonHeaders = {
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "content-type": "application/json; charset=utf-8",
};

/** @throws ConfigurationError when the address can't be listened on */
export async function openDoor(parts: DoorParts): Promise<OpenDoor> {
  const { settings, events } = parts;
  const tallies = new Tallies((some) => events.onAnswered(some));
  const forwarder = createForwarder(settings.servicePort);
  const take = createTaker({
    tenant: settings.tenant,
    secrets: settings.secrets,
    inbox: parts.inbox,
    now: parts.now,
    log: { error: (fields, message) => events.onLog({ level: "error", fields, message }) },
    onFailpoint: (step) => events.onFailpoint(step),
    onKept: () => events.onKept(),
  });

  const answer = (response: ServerResponse, outcome: Outcome) => {
    if (outcome.kind === "gone") return;
    if (outcome.kind === "accepted") {
      tallies.add(null);
      writeJson(response, 202, { accepted: true });
      events.onFailpoint("webhook_acknowledged");
      return;
    }
    const { status, error, retryAfterSeconds } = doorAnswer(outcome.reason);
    const refusal: Refusal = { status, ...outcome.refusal, reason: outcome.reason };
    tallies.add(refusal);
    const later = retryAfterSeconds === undefined ? {} : { "retry-after": retryAfterSeconds };
    writeJson(response, refusal.status, { error: outcome.error ?? error }, later);
  };

  const server = createServer(slowSenderLimits, (request, response) => {
    const tenant = request.method === "POST" ? tenantIn(request) : undefined;
    if (tenant === null) {
      answer(response, { kind: "refused", reason: "request", refusal: {} });
    } else if (tenant !== undefined) {
      take(request, tenant).then(
        (outcome) => answer(response, outcome),
        (error: unknown) => {
          const fields = { error: describeError(error) };
          events.onLog({ level: "error", fields, message: "a webhook failed" });
          writeJson(response, 500, { error: "The request failed; the log says why." });
        },
      );
    } else if (request.method === "GET" && livePath.test(request.url ?? "")) {
      const live = parts.serviceLives();
      writeJson(response, live ? 200 : 503, { live });
    } else {
      // What it asks for may be how often something was refused.
      tallies.tell();
      forwarder.forward(request, response);
    }
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const refusal = refuseUnread(error, socket);
    if (refusal !== null) tallies.add(refusal);
  });
  await listen(server, settings.host, settings.port);
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
  return {
    url: `http://${host}:${port}`,
    async close() {
      await closeServer(server);
      forwarder.close();
      await parts.inbox.close();
      tallies.tell();
    },
  };
}

/** @returns undefined: another address; null: one that can't be read */
function tenantIn({ url = "" }: IncomingMessage): string | null | undefined {
  const [, tenant] = webhookPath.exec(url) ?? [];
  if (tenant === undefined) return undefined;
  try {
    return decodeURIComponent(tenant);
  } catch {
    return null;
  }
}

function writeJson(
  response: ServerResponse,
  status: number,
  body: object,
  more: Readonly<Record<string, number>> = {},
): void {
  const text = JSON.stringify(body);
  const length = { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { ...commonHeaders, ...length, ...more }).end(text);
}

/** What is no HTTP, or came too slowly, and so never became a request. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): Refusal | null {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return null;
  }
  const status = statusByCode[error.code ?? ""] ?? 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nconnection: close\r\n\r\n`);
  return { status, reason: status === 408 ? "slow" : "request" };
}

const statusByCode: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};
