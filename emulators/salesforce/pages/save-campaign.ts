import { z } from "zod";
import { RequestError, type SaveError } from "../data/errors.ts";
import { updateRecords } from "../data/save.ts";
import type { StoredRecord } from "../data/store.ts";
import { transactCounted } from "../rest/transact-counted.ts";
import type { RestContext } from "../rest/rest-context.ts";
import type { FieldSchema } from "../schema/types.ts";
import { type CampaignView, editableFields } from "./campaign-content.ts";

const formBody = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Saves what differs from the record, as who looks at it; other fields stay untouched. */
export function saveCampaign(context: RestContext, view: CampaignView, body: unknown): SaveError[] {
  const { object, record, user } = view;
  const form = formBody.parse(body);
  const changes: Record<string, unknown> = {};
  for (const field of editableFields(context, view)) {
    const given = formValue(field, form[field.name]);
    if (given !== shownValue(field, record)) changes[field.name] = given === "" ? null : given;
  }
  try {
    const [result] = transactCounted(context, user.id, (transaction) =>
      updateRecords(transaction, object.name, [{ ...changes, Id: record.Id }], { allOrNone: true }),
    );
    return result?.errors ?? [];
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return [{ statusCode: error.errorCode, message: error.message, fields: [] }];
  }
}

function formValue(field: FieldSchema, given: string | string[] | undefined): string | boolean {
  if (field.type === "boolean") return given !== undefined;
  return [given ?? ""].flat().join(";");
}

/** The value as the form showed it, so that only what a person changed is written. */
function shownValue(field: FieldSchema, record: StoredRecord): string | boolean {
  const value = record[field.name] ?? null;
  if (field.type === "boolean") return value === true;
  if (value === null) return "";
  return field.type === "time" ? String(value).slice(0, 8) : String(value);
}
