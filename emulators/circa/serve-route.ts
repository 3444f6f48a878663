/** Puts a route on the router: counting, key, latency, faults, handler, answer, in this order. */
import { timingSafeEqual } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Request, Response, Router } from "express";
import { callers, has, type Caller, type Circa } from "./circa.ts";
import { ApiError, badRequest, notFound, unauthorized, unprocessable } from "./errors.ts";
import type { RequestFault } from "./faults/fault-rules.ts";
import { leaveOut } from "./faults/leave-out.ts";
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
  const page = Number(request.query["page"] ?? 1);
  const fault =
    caller && circa.faults.takeForRequest({ ...route, caller, page, body: textOf(request) });
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
    fault?.kind === "status" ? faultyAnswer(fault) : answerOf(circa, route, request, caller, fault);
  if (fault?.kind === "odd_row") spoilFirstRow(answer, fault.values);
  if (fault?.kind === "timeout_after_commit") {
    withhold(circa, response, fault.hold_ms);
    return;
  }
  circa.stats.countAnswer(answer.status);
  send(response, answer);
}

/** What the route answers, through a fault that changes what it sees or shows. */
function answerOf(
  circa: Circa,
  route: Route,
  request: Request,
  caller: Caller | undefined,
  fault: RequestFault | undefined,
): Answer {
  if (fault?.kind === "stale") {
    const at = new Date(circa.now().getTime() - fault.by_ms);
    return circa.store.asOf(at, () => handle(circa, route, request, caller, fault));
  }
  const answer = handle(circa, route, request, caller, fault);
  if (fault?.kind !== "partial" || answer.status >= 300) return answer;
  return { ...answer, body: leaveOut(answer.body, fault) };
}

function handle(
  circa: Circa,
  route: Route,
  request: Request,
  caller: Caller | undefined,
  fault: RequestFault | undefined,
): Answer {
  try {
    if (fault?.kind === "refuse_value") {
      throw unprocessable([{ field: null, code: "invalid", message: "These values do not fit" }]);
    }
    if (!caller) throw unauthorized("Send a valid API key: Authorization: Bearer <key>");
    if (route.feature && !has(circa, route.feature)) throw notFound("There is no such address");
    return route.handle(circa, {
      params: request.params as Record<string, string>,
      query: request.query,
      headers: request.headers,
      body: readJson(request),
      caller,
      actor: circa.actors[caller],
      rowsLeft: fault?.kind === "drift" ? fault.rows : 0,
    });
  } catch (error) {
    return answerForError(error);
  }
}

function spoilFirstRow({ body }: Answer, values: Readonly<Record<string, unknown>>): void {
  const [first] = (body as { data?: object[] } | undefined)?.data ?? [];
  if (first !== undefined) Object.assign(first, values);
}

function textOf({ body }: { readonly body?: unknown }): string {
  return typeof body === "string" ? body : "";
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
