import type { NextFunction, Request, RequestHandler, Response } from "express";
import { setTimeout as sleep } from "node:timers/promises";
import type { RestFault } from "../setup/fault-schemas.ts";
import { tokenOf } from "../setup/token-sessions.ts";
import type { RestContext } from "./rest-context.ts";

const invalidSession = [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }];
const requestLimit = [
  { message: "TotalRequests Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" },
];
const unavailable = [
  { message: "Service temporarily unavailable", errorCode: "SERVER_UNAVAILABLE" },
];

/** Lets standing faults strike before the route runs, or spoils its answer after the commit. */
export function strikeFaults(context: RestContext): RequestHandler {
  return async (request, response, next) => {
    const { method, originalUrl: path } = request;
    const caller = callerOf(context, request);
    const body = () => JSON.stringify(request.body ?? null);
    for (const fault of context.faults.take({ method, path, caller, body })) {
      if (await strike(fault, request, response)) return;
    }
    next();
  };
}

function callerOf({ tokens, identity }: RestContext, request: Request): "integration" | "person" {
  const userId = tokens.userIdOf(tokenOf(request.headers.authorization));
  return userId === identity.person.userId ? "person" : "integration";
}

/** @returns whether the request ends here */
async function strike(fault: RestFault, request: Request, response: Response): Promise<boolean> {
  switch (fault.name) {
    case "respondRest":
      response.status(fault.status).set(fault.headers);
      if (typeof fault.body === "string") response.send(fault.body);
      else if (fault.body === undefined) response.end();
      else response.json(fault.body);
      return true;
    case "invalidSession":
      response.status(401).json(invalidSession);
      return true;
    case "requestLimit":
      response.status(403).json(requestLimit);
      return true;
    case "unavailable":
      response.status(503).json(unavailable);
      return true;
    case "longAddress":
      response.status(fault.status).type("html").send("<h1>URI Too Long</h1>");
      return true;
    case "hangBefore":
      return true;
    case "dropBefore":
      request.socket.destroy();
      return true;
    case "slow":
      await sleep(fault.delayMs);
      return false;
    default:
      spoilAnswer(fault.name, request, response);
      return false;
  }
}

/** The route does its work and commits; what it answers is lost on the way. */
function spoilAnswer(
  name: "hangAfter" | "dropAfter" | "truncateAfter",
  request: Request,
  response: Response,
): void {
  const end = (body?: unknown): Response => {
    if (name === "dropAfter") request.socket.destroy();
    if (name === "truncateAfter") {
      const text = typeof body === "string" || Buffer.isBuffer(body) ? body : "";
      response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.destroy());
    }
    return response;
  };
  Object.assign(response, { end });
}

/** Waits as a real org takes its time: a fixed part, and a part for each record. */
export function takeTime(context: RestContext): RequestHandler {
  return async (request, _response, next: NextFunction) => {
    const delayMs = context.delayMs + context.perRecordDelayMs * recordCount(request.body);
    if (delayMs > 0) await sleep(delayMs);
    next();
  };
}

function recordCount(body: unknown): number {
  const records: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "records") : undefined;
  return Array.isArray(records) ? records.length : 1;
}
