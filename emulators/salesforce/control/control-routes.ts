import express, { type NextFunction, type Request, type Response, Router } from "express";
import { z } from "zod";
import { applyFaults } from "./apply-faults.ts";
import type { ControlContext } from "./control-context.ts";
import { faultRequest } from "../setup/fault-schemas.ts";
import { NoSuchThing } from "./setup-changes.ts";
import { setupRoutes } from "./setup-routes.ts";

/** What tests and demos do to the emulator; an org has none of this. */
export function controlRoutes(context: ControlContext): Router {
  const router = Router();
  router.use(express.json({ type: () => true }));
  router.get("/faults", (_request, response) => {
    response.json({ faults: context.faults.list() });
  });
  router.post("/faults", (request, response) => {
    response.json(applyFaults(context, faultRequest.parse(request.body)));
  });
  router.get("/stats", (_request, response) => {
    const { stats, bus, streaming } = context;
    response.json({
      requests: stats.requestsByKind(),
      recordsWritten: stats.recordsWritten,
      recordsWrittenByType: stats.recordsWrittenByType(),
      overlappingWrites: stats.overlappingWrites,
      eventsPublished: bus.published,
      eventsDelivered: streaming.counts.delivered,
      handshakes: streaming.counts.handshakes,
      streamingSessions: streaming.sessions.size,
      heldPolls: [...streaming.sessions.values()].filter((session) => session.isHeld).length,
    });
  });
  router.use(setupRoutes(context));
  router.post("/reset", (_request, response) => {
    context.reset();
    response.json({ reset: true });
  });
  router.use(() => {
    throw new NoSuchThing(
      "There is no such control. README.md in emulators/salesforce lists them.",
    );
  });
  router.use(sendControlError);
  return router;
}

/** Says in plain words what is wrong with a control request. */
function sendControlError(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
  else if (error instanceof NoSuchThing) response.status(404).json({ error: error.message });
  else if (error instanceof Error) response.status(400).json({ error: error.message });
  else next(error);
}
