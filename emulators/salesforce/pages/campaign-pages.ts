import { Router } from "express";
import type { RestContext } from "../rest/rest-context.ts";

/** The pages for people: the list of Campaigns, and one Campaign. */
export function pageRoutes(_context: RestContext): Router {
  return Router();
}
