import type { Response } from "express";
import { convertValue } from "../data/convert-value.ts";
import { unknownColumn } from "../data/errors.ts";
import type { FieldValue, ObjectSchema } from "../schema/types.ts";
import type { RestContext } from "./rest-context.ts";
import { userIdOf } from "./rest-context.ts";
import { RestError } from "./send-error.ts";

/**
 * Publishes a platform event. The answer is a success that carries the event's UUID in `errors`, as
 * Salesforce has it. A blank text stays blank, where Apex would make it null.
 */
export function publishEvent(
  context: RestContext,
  object: ObjectSchema,
  input: Readonly<Record<string, unknown>>,
  response: Response,
): void {
  const payload: Record<string, FieldValue> = {};
  for (const [name, raw] of Object.entries(input)) {
    if (name === "attributes") continue;
    const field = object.fields.get(name.toLowerCase());
    if (!field?.custom) throw unknownColumn(name, object.name);
    const result = convertValue(field, raw);
    if (!result.ok) {
      const { statusCode, message, fields } = result.error;
      throw new RestError(400, statusCode, message, fields);
    }
    payload[field.name] = raw === "" ? "" : result.value;
  }
  const missing = [...object.fields.values()]
    .filter((field) => field.custom && !field.nillable && payload[field.name] == null)
    .filter((field) => field.type !== "boolean")
    .map((field) => field.name);
  if (missing.length > 0) {
    const text = `Required fields are missing: [${missing.join(", ")}]`;
    throw new RestError(400, "REQUIRED_FIELD_MISSING", text, missing);
  }
  const event = context.org.transact(userIdOf(response), (transaction) =>
    transaction.publish(object.name, payload),
  );
  const message = event.eventUuid;
  const queued = { statusCode: "OPERATION_ENQUEUED", message, fields: [] };
  response.status(201).json({ id: context.org.newId(object), success: true, errors: [queued] });
}
