import { Router } from "express";
import { z } from "zod";
import { RequestError } from "../data/errors.ts";
import { firstPage } from "./query.ts";
import { type RestContext, userIdOf } from "./rest-context.ts";
import { RestError, statusOf } from "./send-error.ts";

const compositeBody = z.looseObject({
  compositeRequest: z
    .array(z.looseObject({ method: z.string(), url: z.string(), referenceId: z.string() }))
    .min(1)
    .max(25),
});

/** Queries and collections together (REST API Developer Guide, "Composite Resources"). */
const mostQueries = 5;

/** Several requests in one call, each with its own status; of the kinds of requests: queries. */
export function compositeRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.post("/composite", (request, response) => {
    const parsed = compositeBody.safeParse(request.body);
    if (!parsed.success) {
      throw new RestError(400, "INVALID_INPUT", "Exactly 1 to 25 subrequests are required");
    }
    const parts = parsed.data.compositeRequest;
    if (parts.length > mostQueries) {
      const text = `Cannot have more than ${mostQueries} query or collection subrequests`;
      throw new RestError(400, "LIMIT_EXCEEDED", text);
    }
    const compositeResponse = parts.map(({ method, url, referenceId }) => {
      const { status, body } = answer(context, userIdOf(response), method, url);
      return { body, httpHeaders: {}, httpStatusCode: status, referenceId };
    });
    response.json({ compositeResponse });
  });
  return router;
}

function answer(
  context: RestContext,
  userId: string,
  method: string,
  url: string,
): { status: number; body: unknown } {
  const { pathname, searchParams } = new URL(url, "http://org");
  const [, version, path] =
    /^\/services\/data\/v(\d+\.\d)\/(query|queryAll)\/?$/.exec(pathname) ?? [];
  const soql = searchParams.get("q");
  if (method !== "GET" || version === undefined || soql === null) {
    const message = "This emulator takes queries as subrequests";
    return { status: 400, body: [{ errorCode: "INVALID_BATCH_REQUEST", message }] };
  }
  try {
    const includeDeleted = path === "queryAll";
    return { status: 200, body: firstPage(context, { userId, soql, includeDeleted, version }) };
  } catch (error) {
    if (error instanceof RestError || error instanceof RequestError) {
      const { errorCode, message } = error;
      const status = error instanceof RestError ? error.status : statusOf(errorCode);
      return { status, body: [{ errorCode, message }] };
    }
    throw error;
  }
}
