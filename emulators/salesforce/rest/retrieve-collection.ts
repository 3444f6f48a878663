import { type Response, Router } from "express";
import { z } from "zod";
import { unknownColumn } from "../data/errors.ts";
import { toId18 } from "../data/ids.ts";
import { recordUrl, valueJson } from "./record-json.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";
import { requireObject, sharedRecords } from "./rows.ts";
import { RestError } from "./send-error.ts";

const retrieveBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });
const retrieveLimit = 2000;

/** Many records of one object by Id, in the order asked for; null where there is none. */
export function retrieveRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.get("/composite/sobjects/:object", (request, response) => {
    const listOf = (value: unknown): string[] => textParameter(value).split(",").filter(Boolean);
    const ids = listOf(request.query.ids);
    const fields = listOf(request.query.fields);
    const version = versionOf(request);
    response.json(retrieve(context, response, request.params.object, { ids, fields, version }));
  });
  router.post("/composite/sobjects/:object", (request, response) => {
    const parsed = retrieveBody.safeParse(request.body);
    if (!parsed.success) throw new RestError(400, "JSON_PARSER_ERROR", "Expected ids and fields");
    const asked = { ...parsed.data, version: versionOf(request) };
    response.json(retrieve(context, response, request.params.object, asked));
  });
  return router;
}

function retrieve(
  context: RestContext,
  response: Response,
  objectName: string,
  asked: { ids: readonly string[]; fields: readonly string[]; version: string },
): (object | null)[] {
  const object = requireObject(context, response, objectName);
  if (asked.ids.length > retrieveLimit) {
    throw new RestError(400, "EXCEEDED_ID_LIMIT", "at most 2000 ids can be retrieved at once");
  }
  const access = context.org.accessOf(userIdOf(response));
  const fields = asked.fields.map((name) => {
    const field = access.visibleField(object, name);
    if (!field) throw unknownColumn(name, object.name);
    return field;
  });
  const isShared = sharedRecords(context, response, object);
  return asked.ids.map((given) => {
    const record = context.org.store.get(object.name, toId18(given) ?? "");
    if (!record || record.IsDeleted === true || !isShared(record)) return null;
    const values = fields.map((field): [string, unknown] => [
      field.name,
      valueJson(field.type, record[field.name] ?? null),
    ]);
    const url = recordUrl(object.name, record.Id, asked.version);
    return { attributes: { type: object.name, url }, ...Object.fromEntries(values) };
  });
}
