/** The service's own server: its routes, and what every answer has in common. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import type { Clock } from "../runtime/clock.ts";
import { describeError, SystemError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import { doorAnswers } from "../model/answers/door.ts";
import { apiRoutes, type ApiParts } from "./api.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import type { Metrics } from "./metrics.ts";
import { clientErrorOf } from "../intake/webhooks/client-error.ts";
import type { Refusals } from "../intake/webhooks/refusals.ts";
import { closeServer, listen, slowSenderLimits } from "./listen.ts";
import { requireAdmin } from "./require-admin.ts";
import { answerUnavailable, unavailableOf } from "./unavailable.ts";

export interface ServerParts {
  readonly clock: Clock;
  readonly adminToken: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness | Promise<Readiness>;
  readonly refusals: Refusals;
  readonly api: ApiParts;
}

export interface RunningServer {
  readonly port: number;
  /** Accepts no more, and lets requests under way end; cuts off those that don't. */
  stop(): Promise<void>;
}

export function createApp(parts: ServerParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    next();
  });
  app.use(healthRoutes(parts.readiness));
  const { adminToken, refusals, clock } = parts;
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

/** Listens on this machine alone: what comes from elsewhere comes through the door. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const server = createServer(slowSenderLimits, createApp(parts));
  // The door keeps its connections.
  server.keepAliveTimeout = 0;
  await listen(server, "127.0.0.1", 0);
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => closeServer(server) };
}
