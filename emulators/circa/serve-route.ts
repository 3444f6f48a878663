/** Puts a route on the router: counting, key, latency, faults, handler, answer, in this order. */
import { timingSafeEqual } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Request, Response, Router } from "express";
import { callers, has, type Caller, type Circa } from "./circa.ts";
import { ApiError, badRequest, notFound, unauthorized } from "./errors.ts";
import type { RequestFault } from "./faults/fault-rules.ts";
import type { Answer, Route } from "./route.ts";

export function serveRoute(router: Router, circa: Circa, route: Route): void {
  const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
  const method = route.method.toLowerCase() as Lowercase<Route["method"]>;
  router[method](path, (request, response) => respond(circa, route, request, response));
}

async function respond(circa: Circa, route: Route, request: Request, response: Response) {
  const caller = callerOf(circa, request);
  circa.stats.countRequest(`${route.method} ${route.path}`, caller ?? "unknown");
  if (route.method === "PATCH") {
    response.once("close", circa.stats.beginWrite(`${caller ?? ""} ${request.path}`));
  }
  if (circa.delayMs > 0) await wait(circa.delayMs);
  const fault = caller && circa.faults.takeForRequest({ ...route, caller });
  if (fault?.kind === "slow") await wait(fault.delay_ms);
  if (fault?.kind === "hang_before_commit") {
    withhold(circa, response, fault.hold_ms);
    return;
  }
  if (fault?.kind === "answer") {
    circa.stats.countAnswer(fault.status);
    const body = typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body ?? "");
    response.status(fault.status).set("content-type", fault.content_type).end(body);
    return;
  }
  const answer =
    fault?.kind === "status" ? faultyAnswer(fault) : handle(circa, route, request, caller);
  if (fault?.kind === "timeout_after_commit") {
    withhold(circa, response, fault.hold_ms);
    return;
  }
  circa.stats.countAnswer(answer.status);
  send(response, answer);
}

function handle(circa: Circa, route: Route, request: Request, caller: Caller | undefined): Answer {
  try {
    if (!caller) throw unauthorized("Send a valid API key: Authorization: Bearer <key>");
    if (route.feature && !has(circa, route.feature)) throw notFound("There is no such address");
    return route.handle(circa, {
      params: request.params as Record<string, string>,
      query: request.query,
      headers: request.headers,
      body: readJson(request),
      caller,
      actor: circa.actors[caller],
    });
  } catch (error) {
    return answerForError(error);
  }
}

/** Express has read the body as text, so that a bad one is refused after the key is checked. */
function readJson(request: Request): Readonly<Record<string, unknown>> {
  const { body } = request as { body?: unknown };
  if (typeof body !== "string" || body === "") return {};
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    throw badRequest("The body is not JSON");
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) {
    throw badRequest("The body must be a JSON object");
  }
  return read as Record<string, unknown>;
}

function callerOf(circa: Circa, request: Request): Caller | undefined {
  const [, key = ""] = /^Bearer (\S+)$/i.exec(request.get("authorization") ?? "") ?? [];
  return callers.find((caller) => equalKeys(key, circa.apiKeys[caller]));
}

function equalKeys(given: string, valid: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(valid)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function faultyAnswer(fault: Extract<RequestFault, { kind: "status" }>): Answer {
  const code = fault.status === 429 ? "rate_limited" : "unavailable";
  const message = fault.status === 429 ? "Too many requests" : "Something went wrong on our side";
  return {
    status: fault.status,
    body: { errors: [{ field: null, code, message }] },
    ...(fault.retry_after !== undefined && {
      headers: { "retry-after": String(fault.retry_after) },
    }),
  };
}

/** The answer to an error that a handler threw. Other errors are bugs and go on to Express. */
export function answerForError(error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, body: { errors: error.entries } };
}

/** Lets the caller wait, and cuts the connection in the end. */
function withhold(circa: Circa, response: Response, holdMs: number): void {
  circa.stats.countAnswer("withheld");
  const cut = setTimeout(() => response.destroy(), holdMs);
  response.once("close", () => clearTimeout(cut));
}

export function send(response: Response, { status, headers = {}, body }: Answer): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else response.json(body);
}
