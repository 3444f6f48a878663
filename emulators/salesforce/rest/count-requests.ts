import type { RequestHandler } from "express";
import { z } from "zod";
import { toId18 } from "../data/ids.ts";
import { tokenOf } from "../setup/token-sessions.ts";
import type { RestContext } from "./rest-context.ts";

/** Paths below the version, in the order in which they are tried. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\/queryAll/, "queryAll"],
  [/^\/query/, "query"],
  [/^\/limits/, "limits"],
  [/^\/jobs\/query/, "bulkQuery"],
  [/^\/composite\/sobjects/, "collections"],
  [/^\/composite$/, "composite"],
  [/^\/ui-api\//, "uiApi"],
  [/^\/sobjects\/[^/]+\/describe/, "describe"],
  [/^\/sobjects\/[^/]+\/(deleted|updated)/, "changes"],
  [/^\/sobjects\/\w+__e$/, "publish"],
  [/^\/sobjects\/?$/, "describeGlobal"],
  [/^\/sobjects\//, "row"],
];

/** Counts data calls by what they do, such as `collections.PATCH`, and writes that overlap. */
export function countRequests(context: RestContext): RequestHandler {
  return (request, response, next) => {
    const path = request.path.replace(/^\/services\/data\/v\d+\.\d/, "");
    const kind = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? "other";
    const reads = request.method === "GET";
    context.stats.countRequest(reads ? kind : `${kind}.${request.method}`);
    // People and the integration may well meet; what counts is that no user overtakes itself.
    const userId = context.tokens.userIdOf(tokenOf(request.headers.authorization));
    const written = reads ? [] : writtenIds(path, request.body);
    const ids = written.map((id) => `${userId ?? ""} ${id}`);
    context.stats.beginWrites(ids);
    response.once("close", () => context.stats.endWrites(ids));
    next();
  };
}

const records = z.looseObject({
  records: z.array(z.looseObject({ id: z.string().optional(), Id: z.string().optional() })),
});

function writtenIds(path: string, body: unknown): string[] {
  const single = /^\/sobjects\/\w+\/(\w{15,18})$/.exec(path)?.[1];
  const parsed = records.safeParse(body);
  const given = parsed.success
    ? parsed.data.records.map((record) => record.id ?? record.Id)
    : [single];
  return given.flatMap((id) => (id === undefined ? [] : (toId18(id) ?? [])));
}
