import express, { Router } from "express";
import { z } from "zod";
import type { RestContext } from "../rest/rest-context.ts";
import type { CometdServer } from "../streaming/cometd-server.ts";
import type { StreamingContext } from "../streaming/streaming-context.ts";
import { applyFaults } from "./apply-faults.ts";
import { faultRequest } from "./fault-schemas.ts";

export interface ControlContext extends RestContext {
  readonly streaming: StreamingContext;
  readonly cometd: CometdServer;
  /** Back to how the emulator stood after it was seeded. */
  reset(): void;
}

/** What tests and demos do to the emulator; an org has none of this. */
export function controlRoutes(context: ControlContext): Router {
  const router = Router();
  router.use(express.json({ type: () => true }));
  router.get("/faults", (_request, response) => {
    response.json({ faults: context.faults.list() });
  });
  router.post("/faults", (request, response) => {
    const parsed = faultRequest.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).json({ error: z.prettifyError(parsed.error) });
      return;
    }
    response.json(applyFaults(context, parsed.data));
  });
  router.get("/stats", (_request, response) => {
    const { stats, bus, streaming } = context;
    response.json({
      requests: stats.requestsByKind(),
      recordsWritten: stats.recordsWritten,
      overlappingWrites: stats.overlappingWrites,
      eventsPublished: bus.published,
      eventsDelivered: streaming.delivered.count,
      streamingSessions: streaming.sessions.size,
    });
  });
  router.post("/reset", (_request, response) => {
    context.reset();
    response.json({ reset: true });
  });
  return router;
}
