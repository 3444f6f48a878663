/** The HTTP server: the list of routes, and what every answer has in common. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { webhookRoutes, type WebhookParts } from "../intake/webhooks.ts";
import { endsWithin } from "../ends-within.ts";
import { ConfigurationError, describeError, SystemError } from "../errors.ts";
import type { Log } from "../log.ts";
import { apiRoutes, type ApiParts } from "./api.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import type { Metrics } from "./metrics.ts";
import { requireAdmin } from "./require-admin.ts";

export interface ServerParts {
  readonly host: string;
  readonly port: number;
  readonly adminToken: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness | Promise<Readiness>;
  readonly webhooks: WebhookParts;
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
  app.use(["/api", "/metrics"], requireAdmin(parts.adminToken));
  app.use(apiRoutes(parts.api));
  app.get("/metrics", async (_request, response) => {
    response.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics());
  });
  app.use((_request, response) => {
    response.status(404).json({ error: "No such address." });
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
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
  const server = createServer(createApp(parts));
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  await listen(server, parts.host, parts.port);
  const { port } = server.address() as AddressInfo;
  const host = parts.host.includes(":") ? `[${parts.host}]` : parts.host;
  return {
    url: `http://${host}:${port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      if (!(await endsWithin(parts.webhooks.clock, closed, requestsEndWithinMs))) {
        server.closeAllConnections();
      }
    },
  };
}

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
