import { Router } from "express";
import { type RestContext, textParameter } from "./rest-context.ts";
import { requireObject, sharedRecords } from "./rows.ts";
import { RestError } from "./send-error.ts";

/** `deleted` and `updated`: Ids of what changed in a span of time. */
export function changeRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  for (const kind of ["deleted", "updated"] as const) {
    router.get(`/sobjects/:object/${kind}`, (request, response) => {
      const object = requireObject(context, response, request.params.object);
      const start = readTime(request.query.start, "start");
      const end = readTime(request.query.end, "end");
      const isShared = sharedRecords(context, response, object);
      const rows = [...context.org.store.rows(object.name)].filter((row) => {
        const at = new Date(String(row.SystemModstamp)).getTime();
        const asked = (row.IsDeleted === true) === (kind === "deleted") && at >= start && at < end;
        return asked && isShared(row);
      });
      const latestDateCovered = jsonTime(Math.min(end, context.org.now().getTime()));
      if (kind === "updated") {
        response.json({ ids: rows.map((row) => row.Id), latestDateCovered });
        return;
      }
      response.json({
        deletedRecords: rows.map((row) => ({
          deletedDate: String(row.SystemModstamp).replace(/Z$/, "+0000"),
          id: row.Id,
        })),
        earliestDateAvailable: jsonTime(context.org.now().getTime() - 15 * 24 * 3600_000),
        latestDateCovered,
      });
    });
  }
  return router;
}

function readTime(value: unknown, name: string): number {
  const time = Date.parse(textParameter(value));
  if (Number.isNaN(time)) {
    throw new RestError(400, "INVALID_REPLICATION_DATE", `${name} must be an ISO 8601 date-time`);
  }
  return time;
}

function jsonTime(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace(/Z$/, "+0000");
}
