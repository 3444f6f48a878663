/** What an operator and tools read and ask for, as JSON, with the admin token. */
import express, { type Router } from "express";
import { z } from "zod";
import type { SweepFindings } from "../intake/sweep.ts";
import type { Database } from "../jobs/storage/database.ts";
import { heldBlanks } from "../jobs/storage/first-contacts.ts";
import { changesAfter } from "../jobs/storage/history.ts";
import type { RunKind } from "../jobs/storage/runs.ts";
import { openProblems } from "../jobs/storage/open-problems.ts";
import type { Status } from "./status.ts";

export interface ApiParts {
  readonly database: Database;
  readonly connection: string;
  readonly status: () => Promise<Status>;
  readonly sweepNow: (kind: RunKind) => Promise<SweepFindings>;
}

const changesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

const sweepQuery = z.object({
  full: z.enum(["true", "false"], { error: "must be true or false" }).default("false"),
});

export function apiRoutes({ database, connection, status, sweepNow }: ApiParts): Router {
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
    const changes = await changesAfter(database.query, connection, { afterId, limit });
    response.json({ changes });
  });

  router.get("/api/problems", async (_request, response) => {
    response.json({
      problems: await openProblems(database.query, connection, 1_000),
      heldBlanks: await heldBlanks(database.query, connection),
    });
  });

  router.post("/api/sweep", async (request, response) => {
    const query = sweepQuery.safeParse(request.query);
    if (!query.success) {
      response.status(400).json({ error: z.prettifyError(query.error) });
      return;
    }
    response.json(await sweepNow(query.data.full === "true" ? "full" : "sweep"));
  });
  return router;
}
