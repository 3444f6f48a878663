import { type Request, type Response, Router } from "express";
import { z } from "zod";
import { toId18 } from "../data/ids.ts";
import { deleteRecords, insertRecords, updateRecords, upsertRecords } from "../data/save.ts";
import { mayReadRecord } from "../data/record-sharing.ts";
import type { SaveResult } from "../data/save-rows.ts";
import type { StoredRecord } from "../data/store.ts";
import { findByUniqueValue } from "../data/unique-fields.ts";
import type { ObjectSchema } from "../schema/types.ts";
import { publishEvent } from "./publish-event.ts";
import { recordUrl } from "./record-json.ts";
import { sendRecord } from "./send-record.ts";
import { transactCounted } from "./transact-counted.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";
import { notFound, PreconditionFailed, RestError, statusOf } from "./send-error.ts";

export const recordBody = z.record(z.string(), z.unknown());

/** Single records: create, read, change, delete, by Id or by external id. */
export function rowRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.post("/sobjects/:object", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const input = readBody(request);
    if (object.kind === "platform_event") {
      publishEvent(context, object, input, response);
      return;
    }
    const [result] = transactCounted(context, userIdOf(response), (transaction) =>
      insertRecords(transaction, object.name, [input], { allOrNone: true }),
    );
    const { id } = succeeded(result);
    response
      .status(201)
      .location(recordUrl(object.name, id, versionOf(request)))
      .json({ id, success: true, errors: [] });
  });
  router.get("/sobjects/:object/:id", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const record = requireRecord(context, response, object, request.params.id);
    sendRecord(context, request, response, object, record);
  });
  router.patch("/sobjects/:object/:id", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const input = readBody(request);
    checkUnmodifiedSince(context, request, object);
    const [result] = transactCounted(context, userIdOf(response), (transaction) =>
      updateRecords(transaction, object.name, [{ ...input, Id: request.params.id }], {
        allOrNone: true,
      }),
    );
    succeeded(result);
    response.status(204).end();
  });
  router.delete("/sobjects/:object/:id", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const [result] = transactCounted(context, userIdOf(response), (transaction) =>
      deleteRecords(transaction, object.name, [request.params.id], { allOrNone: true }),
    );
    succeeded(result);
    response.status(204).end();
  });
  addExternalIdRoutes(context, router);
  return router;
}

function addExternalIdRoutes(context: RestContext, router: Router): void {
  router.get("/sobjects/:object/:field/:value", (request, response) => {
    const { object: name, field, value } = request.params;
    const object = requireObject(context, response, name);
    sendRecord(
      context,
      request,
      response,
      object,
      requireByExternalId(context, response, object, field, value),
    );
  });
  router.patch("/sobjects/:object/:field/:value", (request, response) => {
    const { object: name, field, value } = request.params;
    const object = requireObject(context, response, name);
    const input = { ...readBody(request), [field]: value };
    requireExternalId(object, field);
    const [result] = transactCounted(context, userIdOf(response), (transaction) =>
      upsertRecords(transaction, object.name, field, [input], { allOrNone: true }),
    );
    const { id, created } = succeeded(result);
    response.status(created ? 201 : 200).json({ id, success: true, errors: [], created });
  });
  router.delete("/sobjects/:object/:field/:value", (request, response) => {
    const { object: name, field, value } = request.params;
    const object = requireObject(context, response, name);
    const { Id } = requireByExternalId(context, response, object, field, value);
    const [result] = transactCounted(context, userIdOf(response), (transaction) =>
      deleteRecords(transaction, object.name, [Id], { allOrNone: true }),
    );
    succeeded(result);
    response.status(204).end();
  });
}

export function requireObject(
  context: RestContext,
  response: Response,
  name: string,
): ObjectSchema {
  const access = context.org.accessOf(userIdOf(response));
  const object = access.visibleObject(name);
  if (!object || object.kind === "definition") throw notFound();
  return object;
}

function readBody(request: Request): Record<string, unknown> {
  const parsed = recordBody.safeParse(request.body);
  if (!parsed.success) {
    throw new RestError(
      400,
      "JSON_PARSER_ERROR",
      "The HTTP entity body is required, but this request has no entity body.",
    );
  }
  return parsed.data;
}

/** A result that went well, or the error as this call's whole answer. */
function succeeded(result: SaveResult | undefined): { id: string; created: boolean } {
  const [error] = result?.errors ?? [];
  if (error)
    throw new RestError(statusOf(error.statusCode), error.statusCode, error.message, error.fields);
  return { id: result?.id ?? "", created: result?.created ?? false };
}

/** What the caller may read at all: rights on the object are minded elsewhere. */
export function sharedRecords(
  context: RestContext,
  response: Response,
  object: ObjectSchema,
): (record: StoredRecord) => boolean {
  const userId = userIdOf(response);
  const user = { userId, access: context.org.accessOf(userId) };
  return (record) => mayReadRecord(user, object, record);
}

export function requireRecord(
  context: RestContext,
  response: Response,
  object: ObjectSchema,
  given: string,
): StoredRecord {
  const record = context.org.store.get(object.name, toId18(given) ?? "");
  if (!record || !sharedRecords(context, response, object)(record)) throw notFound();
  if (record.IsDeleted === true) throw new RestError(404, "ENTITY_IS_DELETED", "entity is deleted");
  return record;
}

function requireExternalId(
  object: ObjectSchema,
  fieldName: string,
): NonNullable<ReturnType<ObjectSchema["fields"]["get"]>> {
  const field = object.fields.get(fieldName.toLowerCase());
  if (!field?.externalId) {
    throw notFound("Provided external ID field does not exist or is not accessible: " + fieldName);
  }
  return field;
}

function requireByExternalId(
  context: RestContext,
  response: Response,
  object: ObjectSchema,
  fieldName: string,
  value: string,
): StoredRecord {
  const field = requireExternalId(object, fieldName);
  const [record] = findByUniqueValue(context.org.store, object, field, value);
  if (!record || !sharedRecords(context, response, object)(record)) throw notFound();
  return record;
}

/** @throws RestError 412 when the record has changed since, by whole seconds; 400 for a bad header */
function checkUnmodifiedSince(context: RestContext, request: Request, object: ObjectSchema): void {
  const header = request.headers["if-unmodified-since"];
  if (header === undefined) return;
  const since = new Date(header);
  if (Number.isNaN(since.getTime())) {
    throw new RestError(400, "INVALID_HEADER", "If-Unmodified-Since must be an HTTP date");
  }
  const record = context.org.store.get(object.name, toId18(textParameter(request.params.id)) ?? "");
  if (record && new Date(String(record.LastModifiedDate)) > since) throw new PreconditionFailed();
}
