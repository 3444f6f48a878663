import type { Request, Response } from "express";
import { unknownColumn } from "../data/errors.ts";
import type { StoredRecord } from "../data/store.ts";
import type { ObjectSchema } from "../schema/types.ts";
import { recordUrl, valueJson } from "./record-json.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";

/** Answers with the fields asked for, or all that the user sees; 304 when nothing changed since. */
export function sendRecord(
  context: RestContext,
  request: Request,
  response: Response,
  object: ObjectSchema,
  record: StoredRecord,
): void {
  const modified = String(record.LastModifiedDate ?? record.SystemModstamp ?? "");
  const since = request.headers["if-modified-since"];
  if (since !== undefined && new Date(modified) <= new Date(since)) {
    response.status(304).end();
    return;
  }
  const fields = textParameter(request.query.fields).split(",").filter(Boolean);
  const version = versionOf(request);
  const body = recordBody(context, userIdOf(response), { object, record, fields, version });
  if (modified !== "") response.setHeader("Last-Modified", new Date(modified).toUTCString());
  response.json(body);
}

/** @param asked.fields all that the user sees when empty */
export function recordBody(
  context: RestContext,
  userId: string,
  {
    object,
    record,
    fields: names,
    version,
  }: {
    readonly object: ObjectSchema;
    readonly record: StoredRecord;
    readonly fields: readonly string[];
    readonly version: string;
  },
): object {
  const access = context.org.accessOf(userId);
  const fields =
    names.length === 0
      ? [...object.fields.values()].filter((field) => access.canReadField(object, field))
      : ["Id", ...names].map((name) => {
          const field = access.visibleField(object, name.trim());
          if (!field) throw unknownColumn(name, object.name);
          return field;
        });
  const url = recordUrl(object.name, record.Id, version);
  const values = fields.map((field): [string, unknown] => [
    field.name,
    valueJson(field.type, record[field.name] ?? null),
  ]);
  return { attributes: { type: object.name, url }, ...Object.fromEntries(values) };
}
