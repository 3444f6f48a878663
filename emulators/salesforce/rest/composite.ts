import { type Response, Router } from "express";
import { z } from "zod";
import { RequestError } from "../data/errors.ts";
import { describeIfModified, objectSummary } from "./describe.ts";
import { firstPage } from "./query.ts";
import { type RestContext, textParameter, userIdOf } from "./rest-context.ts";
import { requireObject, requireRecord } from "./rows.ts";
import { recordBody } from "./send-record.ts";
import { RestError, statusOf } from "./send-error.ts";

const compositeBody = z.looseObject({
  compositeRequest: z
    .array(
      z.looseObject({
        method: z.string(),
        url: z.string(),
        referenceId: z.string(),
        httpHeaders: z.record(z.string(), z.string()).default({}),
      }),
    )
    .min(1)
    .max(25),
});
type Part = z.infer<typeof compositeBody>["compositeRequest"][number];

interface PartAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Queries and collections together (REST API Developer Guide, "Composite Resources"). */
const maxQueries = 5;

/** Several requests in one call, each with its own status; of the kinds of requests: reads. */
export function compositeRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.post("/composite", (request, response) => {
    const parsed = compositeBody.safeParse(request.body);
    if (!parsed.success) {
      throw new RestError(400, "INVALID_INPUT", "Exactly 1 to 25 subrequests are required");
    }
    const parts = parsed.data.compositeRequest;
    if (parts.filter(({ url }) => /\/query/.test(url)).length > maxQueries) {
      const text = `Cannot have more than ${maxQueries} query or collection subrequests`;
      throw new RestError(400, "LIMIT_EXCEEDED", text);
    }
    const compositeResponse = parts.map((part) => {
      const { status, body, headers = {} } = answer(context, response, part);
      return { body, httpHeaders: headers, httpStatusCode: status, referenceId: part.referenceId };
    });
    response.json({ compositeResponse });
  });
  return router;
}

function answer(context: RestContext, response: Response, part: Part): PartAnswer {
  try {
    return (
      answerQuery(context, response, part) ??
      answerDescribe(context, response, part) ??
      answerRecord(context, response, part) ?? {
        status: 400,
        body: refusal("INVALID_BATCH_REQUEST", "This emulator takes queries and describes here"),
      }
    );
  } catch (error) {
    if (error instanceof RestError || error instanceof RequestError) {
      const { errorCode, message } = error;
      const status = error instanceof RestError ? error.status : statusOf(errorCode);
      return { status, body: refusal(errorCode, message) };
    }
    throw error;
  }
}

function answerQuery(context: RestContext, response: Response, part: Part): PartAnswer | null {
  const { pathname, searchParams } = new URL(part.url, "http://org");
  const match = /^\/services\/data\/v(\d+\.\d)\/(query|queryAll)\/?$/.exec(pathname);
  const soql = searchParams.get("q");
  if (part.method !== "GET" || match === null || soql === null) return null;
  const [, version = "", path] = match;
  const includeDeleted = path === "queryAll";
  const question = { userId: userIdOf(response), soql, includeDeleted, version };
  return { status: 200, body: firstPage(context, question) };
}

function answerDescribe(context: RestContext, response: Response, part: Part): PartAnswer | null {
  const { pathname } = new URL(part.url, "http://org");
  const match = /^\/services\/data\/v(\d+\.\d)\/sobjects(?:\/(\w+)(\/describe)?)?\/?$/.exec(
    pathname,
  );
  if (part.method !== "GET" || match === null) return null;
  const [, version = "", name, describes] = match;
  const userId = userIdOf(response);
  const object = name === undefined ? "all" : requireObject(context, response, name);
  if (object !== "all" && describes === undefined) {
    return { status: 200, body: objectSummary(context, userId, object, version) };
  }
  const since = part.httpHeaders["If-Modified-Since"];
  const { headers, body } = describeIfModified(context, { userId, object, since, version });
  return { status: body === null ? 304 : 200, body, headers };
}

function answerRecord(context: RestContext, response: Response, part: Part): PartAnswer | null {
  const { pathname, searchParams } = new URL(part.url, "http://org");
  const match = /^\/services\/data\/v(\d+\.\d)\/sobjects\/(\w+)\/(\w{15,18})$/.exec(pathname);
  if (part.method !== "GET" || match === null) return null;
  const [, version = "", name = "", id = ""] = match;
  const object = requireObject(context, response, name);
  const record = requireRecord(context, response, object, id);
  const fields = textParameter(searchParams.get("fields")).split(",").filter(Boolean);
  return {
    status: 200,
    body: recordBody(context, userIdOf(response), { object, record, fields, version }),
  };
}

function refusal(errorCode: string, message: string): object[] {
  return [{ errorCode, message }];
}
