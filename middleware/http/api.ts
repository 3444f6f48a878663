/** What an operator and tools read and ask for, as JSON, with the admin token. */
import express, { type Router } from "express";
import { z } from "zod";
import type { Clock } from "../runtime/clock.ts";
import type { SweepFindings } from "../intake/sweep/sweep.ts";
import type { Database } from "../store/database/database.ts";
import { heldBlanks } from "../store/links/initial-syncs.ts";
import { changesAfter } from "../store/history/history.ts";
import type { RunKind } from "../store/intake/runs.ts";
import { openProblems } from "../store/history/open-problems.ts";
import type { Status } from "./status.ts";
import { answerUnavailable, readFromStore, unavailableOf } from "./unavailable.ts";

export interface ApiParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly status: () => Promise<Status>;
  readonly sweepNow: (kind: RunKind) => Promise<SweepFindings>;
  /** An interrupted sweep resumes, whether or not a client asks again. */
  readonly sweepGoesOn: boolean;
}

const changesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

const sweepQuery = z.object({
  full: z.enum(["true", "false"], { error: "must be true or false" }).default("false"),
});

const goesOn =
  " The sweep resumes by itself as soon as it can; another request joins the same one.";
const askAgain = " Ask for the sweep again then.";

export function apiRoutes(parts: ApiParts): Router {
  const { database, clock, status, sweepNow } = parts;
  const router = express.Router();

  router.get("/api/status", async (_request, response) => {
    response.json(await status());
  });

  router.get("/api/changes", async (request, response) => {
    const query = changesQuery.safeParse(request.query);
    if (!query.success) {
      response.status(400).json({ error: z.prettifyError(query.error) });
      return;
    }
    const { after: afterId, limit } = query.data;
    const reading = changesAfter(database.query, { afterId, limit });
    const changes = await readFromStore(clock, reading);
    response.json({ changes });
  });

  router.get("/api/problems", async (_request, response) => {
    const reading = Promise.all([openProblems(database.query, 1_000), heldBlanks(database.query)]);
    const [problems, held] = await readFromStore(clock, reading);
    response.json({ problems, heldBlanks: held });
  });

  router.post("/api/sweep", async (request, response) => {
    const query = sweepQuery.safeParse(request.query);
    if (!query.success) {
      response.status(400).json({ error: z.prettifyError(query.error) });
      return;
    }
    try {
      response.json(await sweepNow(query.data.full === "true" ? "full" : "sweep"));
    } catch (error) {
      const away = unavailableOf(error);
      if (away === null) throw error;
      answerUnavailable(response, away, parts.sweepGoesOn ? goesOn : askAgain);
    }
  });
  return router;
}
