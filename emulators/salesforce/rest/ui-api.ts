import { createHash } from "node:crypto";
import { Router } from "express";
import { toId18 } from "../data/ids.ts";
import type { FieldSchema, ObjectSchema } from "../schema/types.ts";
import { controllingPlaces } from "./describe-json.ts";
import { type RestContext, userIdOf, versionOf } from "./rest-context.ts";
import { requireObject } from "./rows.ts";
import { notFound } from "./send-error.ts";

const masterRecordTypeId = "012000000000000AAA";

/** Picklist values as a record type allows them, which describe doesn't tell. */
export function uiApiRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.get("/ui-api/object-info/:object/picklist-values/:recordTypeId", (request, response) => {
    const object = requireObject(context, response, request.params.object);
    const access = context.org.accessOf(userIdOf(response));
    const recordTypeId = toId18(request.params.recordTypeId);
    const base = `/services/data/v${versionOf(request)}/ui-api/object-info/${object.name}/picklist-values/${recordTypeId ?? ""}`;
    const fields = [...object.fields.values()]
      .filter((field) => field.picklistValues.length > 0 && access.canReadField(object, field))
      .map((field): [string, object] => {
        const allowed = allowedValues(context, object, field, recordTypeId);
        return [field.name, fieldValues(object, field, allowed, `${base}/${field.name}`)];
      });
    const picklistFieldValues = Object.fromEntries(fields);
    response.json({ eTag: eTagOf(picklistFieldValues), picklistFieldValues });
  });
  return router;
}

function allowedValues(
  context: RestContext,
  object: ObjectSchema,
  field: FieldSchema,
  recordTypeId: string | null,
): { values: readonly string[] | null; defaultValue: string | null } {
  const preset = field.picklistValues.find((value) => value.defaultValue)?.value ?? null;
  if (recordTypeId === masterRecordTypeId) return { values: null, defaultValue: preset };
  const row = context.org.store.get("RecordType", recordTypeId ?? "");
  if (row?.SobjectType !== object.name) throw notFound();
  const type = object.recordTypes.find((each) => each.developerName === row.DeveloperName);
  return (
    type?.picklistValues.get(field.name.toLowerCase()) ?? { values: null, defaultValue: preset }
  );
}

function fieldValues(
  object: ObjectSchema,
  field: FieldSchema,
  allowed: { values: readonly string[] | null; defaultValue: string | null },
  url: string,
): object {
  const controller = object.fields.get(field.controllerName?.toLowerCase() ?? "");
  const places = controller ? controllingPlaces(controller) : [];
  const values = field.picklistValues
    .filter((value) => value.active && (allowed.values?.includes(value.value) ?? true))
    .map((value) => ({
      attributes: null,
      label: value.label,
      validFor: places.flatMap(({ inSource }, index) =>
        value.controllingValues?.includes(inSource) ? [index] : [],
      ),
      value: value.value,
    }));
  const content = {
    controllerValues: Object.fromEntries(places.map(({ name }, index) => [name, index])),
    defaultValue: values.find((value) => value.value === allowed.defaultValue) ?? null,
    url,
    values,
  };
  return { ...content, eTag: eTagOf(content) };
}

function eTagOf(content: object): string {
  return createHash("md5").update(JSON.stringify(content)).digest("hex");
}
