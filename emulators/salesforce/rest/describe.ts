import { type Request, type Response, Router } from "express";
import type { ObjectSchema } from "../schema/types.ts";
import { childRelationships, describeHead, fieldJson, objectJson } from "./describe-json.ts";
import { recordUrl } from "./record-json.ts";
import { type RestContext, userIdOf, versionOf } from "./rest-context.ts";
import { requireObject } from "./rows.ts";
import { notFound } from "./send-error.ts";

/** Describe, global and per object, with 304 when nothing changed since. */
export function describeRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  const answer = (request: Request, response: Response, object: ObjectSchema | "all"): void => {
    const since = request.headers["if-modified-since"];
    const question = { userId: userIdOf(response), object, since, version: versionOf(request) };
    const { headers, body } = describeIfModified(context, question);
    response.set(headers);
    if (body === null) response.status(304).end();
    else response.json(body);
  };
  router.get("/sobjects", (request, response) => answer(request, response, "all"));
  router.get("/sobjects/:object", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    response.json(objectSummary(context, userIdOf(response), object, versionOf(request)));
  });
  router.get("/sobjects/:object/describe", (request, response) => {
    answer(request, response, requireObject(context, response, request.params.object));
  });
  // Layouts, compact layouts and the like are not here.
  router.get("/sobjects/:object/describe/*rest", () => {
    throw notFound();
  });
  return router;
}

/** What `sobjects/X` answers; there are no recent items. */
export function objectSummary(
  { org }: RestContext,
  userId: string,
  object: ObjectSchema,
  version: string,
): object {
  return {
    objectDescribe: objectJson(object, version, org.accessOf(userId)),
    recentItems: [],
  };
}

export interface DescribeQuestion {
  readonly userId: string;
  /** All of them: the list of objects. */
  readonly object: ObjectSchema | "all";
  /** An HTTP date. */
  readonly since: string | undefined;
  readonly version: string;
}

/** @returns `body` null when nothing has changed since */
export function describeIfModified(
  context: RestContext,
  { userId, object, since, version }: DescribeQuestion,
): { headers: Record<string, string>; body: object | null } {
  const objects = object === "all" ? context.org.schema.objects() : [object];
  const newest = Math.max(...objects.map(({ changedAt }) => changedAt.getTime()));
  // HTTP dates have no fractions: a change within the second counts as after it.
  const changedAt = Math.ceil(newest / 1000) * 1000;
  const same = since !== undefined && changedAt <= new Date(since).getTime();
  const headers = {
    ETag: `"${(changedAt / 1000).toString(16)}"`,
    "Last-Modified": new Date(changedAt).toUTCString(),
  };
  if (same) return { headers, body: null };
  const body =
    object === "all"
      ? describeAll(context, userId, version)
      : describe(context, userId, object, version);
  return { headers, body };
}

function describeAll({ org }: RestContext, userId: string, version: string): object {
  const access = org.accessOf(userId);
  const sobjects = org.schema
    .objects()
    .filter((object) => object.kind !== "definition" && access.visibleObject(object.name))
    .map((object) => objectJson(object, version, access));
  return { encoding: "UTF-8", maxBatchSize: 200, sobjects };
}

function describe(
  context: RestContext,
  userId: string,
  object: ObjectSchema,
  version: string,
): object {
  const access = context.org.accessOf(userId);
  const caller = userId === context.identity.person.userId ? "person" : "integration";
  const lacks = context.faults.lacking("describe", object.name, caller);
  const lacksValues = context.faults.lacking("picklist", object.name, caller);
  const fields = [...object.fields.values()]
    .filter((field) => access.canReadField(object, field) && !lacks([field.name]))
    .map((field) => (lacksValues([field.name]) ? { ...field, picklistValues: [] } : field))
    .map((field) => fieldJson(object, field, access.canEditField(object, field)));
  return {
    ...describeHead(object, version, access, context.url()),
    childRelationships: childRelationships(context.org.schema, object, access),
    fields,
    recordTypeInfos: recordTypeInfos(context, object, version),
  };
}

const masterRecordTypeId = "012000000000000AAA";

function recordTypeInfos(context: RestContext, object: ObjectSchema, version: string): object[] {
  const rows = [...context.org.store.rows("RecordType")].filter(
    (row) => row.SobjectType === object.name,
  );
  const info = (
    id: string,
    name: string,
    developerName: string,
    active: boolean,
    master: boolean,
  ) => ({
    active,
    available: active,
    defaultRecordTypeMapping: master && rows.length === 0,
    developerName,
    master,
    name,
    recordTypeId: id,
    urls: { layout: `${recordUrl(object.name, "describe", version)}/layouts/${id}` },
  });
  return [
    ...rows.map((row) =>
      info(row.Id, String(row.Name), String(row.DeveloperName), row.IsActive === true, false),
    ),
    info(masterRecordTypeId, "Master", "Master", true, true),
  ];
}
