/** The HTTP server: the list of routes, and what every answer has in common. */
import { createServer, STATUS_CODES, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { webhookRoutes, type WebhookParts } from "../intake/webhooks/webhooks.ts";
import { withTimeout } from "../runtime/timeouts.ts";
import { ConfigurationError, describeError, SystemError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import { doorAnswers } from "../model/answers/door.ts";
import { apiRoutes, type ApiParts } from "./api.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import type { Metrics } from "./metrics.ts";
import { clientErrorOf } from "../intake/webhooks/client-error.ts";
import type { Refusals } from "../intake/webhooks/refusals.ts";
import { requireAdmin } from "./require-admin.ts";
import { answerUnavailable, unavailableOf } from "./unavailable.ts";

export interface ServerParts {
  readonly host: string;
  readonly port: number;
  readonly adminToken: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness | Promise<Readiness>;
  readonly webhooks: WebhookParts;
  readonly refusals: Refusals;
  readonly api: ApiParts;
}

export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Accepts no more, and lets requests under way end; cuts off those that don't. */
  stop(): Promise<void>;
}

/** Time limits of slow senders (OWASP API4): headers within 5 s, the whole request within 15 s. */
const headersTimeoutMs = 5_000;
const requestTimeoutMs = 15_000;
/** How often Node looks whether one of them is over; by itself every 30 s. */
const connectionsCheckingInterval = 500;
/** Requests that are under way at the stop. */
const requestsEndWithinMs = 2_000;

export function createApp(parts: Omit<ServerParts, "host" | "port">): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    next();
  });
  app.use(webhookRoutes(parts.webhooks));
  app.use(healthRoutes(parts.readiness));
  const { adminToken, refusals } = parts;
  const { clock } = parts.webhooks;
  const onRefused = (status: number) => refusals.note({ status, reason: "admin_token" });
  app.use(["/api", "/metrics"], requireAdmin({ adminToken, clock, onRefused }));
  app.use(apiRoutes(parts.api));
  app.get("/metrics", async (_request, response) => {
    response.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics());
  });
  app.use((_request, response) => {
    response.status(404).json({ error: "No such address." });
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const known = clientErrorOf(error);
    if (response.headersSent) {
      next(error);
      return;
    }
    if (known !== null) {
      refusals.note(known);
      response.status(known.status).json({ error: doorAnswers[known.reason].error });
      return;
    }
    const away = unavailableOf(error);
    if (away !== null) {
      answerUnavailable(response, away);
      return;
    }
    parts.log.error({ error: describeError(error) }, "a request failed");
    if (error instanceof SystemError) {
      response.status(502).json({ error: error.message });
      return;
    }
    response.status(500).json({ error: "The request failed; the log says why." });
  });
  return app;
}

/** @throws ConfigurationError when the address can't be listened on */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = createServer({ connectionsCheckingInterval }, createApp(parts));
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    refuseUnread(parts.refusals, error, socket);
  });
  await listen(server, parts.host, parts.port);
  const { port } = server.address() as AddressInfo;
  const host = parts.host.includes(":") ? `[${parts.host}]` : parts.host;
  return {
    url: `http://${host}:${port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      if (!(await withTimeout(parts.webhooks.clock, closed, requestsEndWithinMs))) {
        server.closeAllConnections();
      }
    },
  };
}

/** What is no HTTP, or came too slowly, and so never became a request. */
function refuseUnread(refusals: Refusals, error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = statusByCode[error.code ?? ""] ?? 400;
  refusals.note({ status, reason: status === 408 ? "slow" : "request" });
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nconnection: close\r\n\r\n`);
}

const statusByCode: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `PORT ${port} is in use by another program. Stop it, or set PORT to another one.`
          : `HOST ${host} and PORT ${port} can't be listened on: ${error.message}`;
      reject(new ConfigurationError(reason));
    });
    server.listen(port, host, resolve);
  });
}
