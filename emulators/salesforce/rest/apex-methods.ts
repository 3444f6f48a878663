import express, { Router } from "express";
import { z } from "zod";
import type { ApexEngine } from "../apex/engine.ts";
import { AuraMethodError } from "../../apex/index.ts";
import { pageUserOf } from "./page-user.ts";
import { tokenOf } from "../setup/token-sessions.ts";
import type { RestContext } from "./rest-context.ts";

const callArguments = z.record(z.string(), z.unknown());

/**
 * `@AuraEnabled` methods for screens: `POST /apex/Class.method` with the arguments as a JSON object
 * answers with the result, or with 500 and what Lightning gives as `error.body`. Without a token
 * calls whom the browser has chosen on the pages, the demo's person by default.
 */
export function apexMethodRoutes(context: RestContext, apex: ApexEngine): Router {
  const router = Router();
  router.post("/apex/:method", express.json({ type: () => true }), (request, response) => {
    const [className = "", methodName = ""] = request.params.method.split(".");
    const token = tokenOf(request.headers.authorization);
    const userId = context.tokens.userIdOf(token) ?? pageUserOf(context, request).id;
    const args = callArguments.safeParse(request.body ?? {});
    if (!args.success) {
      response.status(400).json({ message: "The body has to be a JSON object of arguments." });
      return;
    }
    try {
      const answer = apex.invokeAura(userId, className, methodName, args.data);
      if (answer.ok) response.json(withoutNullMembers(answer.value));
      else response.status(500).json(answer.error);
    } catch (error) {
      if (!(error instanceof AuraMethodError)) throw error;
      response.status(404).json({ message: error.message });
    }
  });
  return router;
}

/**
 * Lightning's encoder leaves members that are null out of an answer (forcedotcom/aura,
 * JsonEncoder.writeMapEntry and AuraJsonContext); elements of a list stay.
 */
function withoutNullMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullMembers);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNullMembers(member)]));
}
