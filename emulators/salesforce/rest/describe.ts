import { Router } from "express";
import type { ObjectSchema } from "../schema/types.ts";
import { fieldJson, objectJson } from "./describe-json.ts";
import { recordUrl } from "./record-json.ts";
import { type RestContext, userIdOf, versionOf } from "./rest-context.ts";
import { requireObject } from "./rows.ts";

/** Describe, global and per object, with 304 when nothing changed since. */
export function describeRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.get("/sobjects", (request, response) => {
    const access = context.org.accessOf(userIdOf(response));
    const version = versionOf(request);
    const sobjects = context.org.schema
      .objects()
      .filter((object) => object.kind !== "definition" && access.visibleObject(object.name))
      .map((object) => objectJson(object, version, access));
    response.json({ encoding: "UTF-8", maxBatchSize: 200, sobjects });
  });
  router.get("/sobjects/:object", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const access = context.org.accessOf(userIdOf(response));
    const head = objectJson(object, versionOf(request), access);
    response.json({ objectDescribe: head, recentItems: [] });
  });
  router.get("/sobjects/:object/describe", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const since = request.headers["if-modified-since"];
    const question = { userId: userIdOf(response), object, since, version: versionOf(request) };
    const { lastModified, body } = describeIfModified(context, question);
    if (body === null) {
      response.status(304).end();
      return;
    }
    response.setHeader("Last-Modified", lastModified);
    response.json(body);
  });
  return router;
}

export interface DescribeQuestion {
  readonly userId: string;
  readonly object: ObjectSchema;
  /** An HTTP date. */
  readonly since: string | undefined;
  readonly version: string;
}

/** @returns `body` null when nothing has changed since */
export function describeIfModified(
  context: RestContext,
  { userId, object, since, version }: DescribeQuestion,
): { lastModified: string; body: object | null } {
  // HTTP dates have no fractions: a change within the second counts as after it.
  const changedAt = Math.ceil(object.changedAt.getTime() / 1000) * 1000;
  const same = since !== undefined && changedAt <= new Date(since).getTime();
  const lastModified = new Date(changedAt).toUTCString();
  return { lastModified, body: same ? null : describe(context, userId, object, version) };
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
    actionOverrides: [],
    childRelationships: [],
    ...objectJson(object, version, access),
    fields,
    recordTypeInfos: recordTypeInfos(context, object, version),
    supportedScopes: [],
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
