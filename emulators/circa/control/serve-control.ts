/** `/emulator/…`: the handles for demos and tests. The README of this folder documents them. */
import { json, Router, type ErrorRequestHandler } from "express";
import type { Circa } from "../circa.ts";
import { badRequest } from "../errors.ts";
import { answerForError, send } from "../serve-route.ts";
import type { ControlRoute } from "./control-route.ts";
import { getDeliveries } from "./deliveries.ts";
import { deleteFaults, getFaults, postFaults } from "./faults.ts";
import { deleteFieldRoute, patchField, postField } from "./fields.ts";
import { postForce } from "./force.ts";
import { postReset, postSeed } from "./reset.ts";
import { postRestore } from "./restore.ts";
import { getSettings, postSettings } from "./settings.ts";
import { getStats } from "./stats.ts";

const routes: readonly ControlRoute[] = [
  getStats,
  getDeliveries,
  getFaults,
  postFaults,
  deleteFaults,
  getSettings,
  postSettings,
  postForce,
  postField,
  patchField,
  deleteFieldRoute,
  postSeed,
  postReset,
  postRestore,
];

const answerBadJson: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof SyntaxError) send(response, answerForError(badRequest("Not JSON")));
  else next(error);
};

export function serveControl(circa: Circa): Router {
  const router = Router();
  router.use(json({ limit: "64mb" }), answerBadJson);
  for (const { method, path, handle } of routes) {
    router[method](path, (request, response) => {
      try {
        send(response, handle(circa, request.body, request.params as Record<string, string>));
      } catch (error) {
        send(response, answerForError(error));
      }
    });
  }
  return router;
}
