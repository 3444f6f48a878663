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
  const access = context.org.accessOf(userIdOf(response));
  const names = textParameter(request.query.fields).split(",").filter(Boolean);
  const fields =
    names.length === 0
      ? [...object.fields.values()].filter((field) => access.canReadField(object, field))
      : ["Id", ...names].map((name) => {
          const field = access.visibleField(object, name.trim());
          if (!field) throw unknownColumn(name, object.name);
          return field;
        });
  const url = recordUrl(object.name, record.Id, versionOf(request));
  const values = fields.map((field): [string, unknown] => [
    field.name,
    valueJson(field.type, record[field.name] ?? null),
  ]);
  if (modified !== "") response.setHeader("Last-Modified", new Date(modified).toUTCString());
  response.json({ attributes: { type: object.name, url }, ...Object.fromEntries(values) });
}
