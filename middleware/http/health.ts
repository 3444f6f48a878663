import express, { type Router } from "express";

export interface Readiness {
  readonly ready: boolean;
  /** Which part is ready, for a person who wonders. */
  readonly parts: Readonly<Record<string, boolean>>;
}

/** `/health/live`: the process runs. `/health/ready`: it does its whole job. */
export function healthRoutes(readiness: () => Readiness | Promise<Readiness>): Router {
  const router = express.Router();
  router.get("/health/live", (_request, response) => {
    response.json({ live: true });
  });
  router.get("/health/ready", async (_request, response) => {
    const state = await readiness();
    response.status(state.ready ? 200 : 503).json(state);
  });
  return router;
}
