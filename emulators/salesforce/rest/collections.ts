import { type Response, Router } from "express";
import { z } from "zod";
import type { SaveResult } from "../data/save-rows.ts";
import { deleteRecords, insertRecords, updateRecords, upsertRecords } from "../data/save.ts";
import type { Transaction } from "../data/org.ts";
import { type RestContext, textParameter, userIdOf } from "./rest-context.ts";
import { requireObject } from "./rows.ts";
import { RestError } from "./send-error.ts";
import { transactCounted } from "./transact-counted.ts";

/** Most records in one call. */
export const collectionLimit = 200;

const collectionBody = z.looseObject({
  allOrNone: z.boolean().default(false),
  records: z.array(z.record(z.string(), z.unknown())),
});

type Input = z.infer<typeof collectionBody>["records"][number];

/** Up to 200 records in one call: each gets its own result, in the order sent. */
export function collectionRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  const path = "/composite/sobjects";
  router.post(path, (request, response) => {
    const body = readBody(request.body);
    save(context, response, body.records, false, (transaction, name, records) =>
      insertRecords(transaction, name, records, body),
    );
  });
  router.patch(path, (request, response) => {
    const body = readBody(request.body);
    save(context, response, body.records, false, (transaction, name, records) =>
      updateRecords(transaction, name, records, body),
    );
  });
  router.patch(`${path}/:object/:field`, (request, response) => {
    const body = readBody(request.body);
    const object = requireObject(context, response, request.params.object);
    const records = body.records.map((record) => ({
      attributes: { type: object.name },
      ...record,
    }));
    const { field } = request.params;
    const key = object.fields.get(field.toLowerCase());
    if (!key?.externalId && key?.type !== "id") {
      throw new RestError(
        400,
        "INVALID_FIELD",
        `Field name provided, ${field} is not an External ID or indexed field for ${object.name}`,
      );
    }
    save(context, response, records, true, (transaction, name, inputs) =>
      upsertRecords(transaction, name, field, inputs, body),
    );
  });
  router.delete(path, (request, response) => {
    const ids = textParameter(request.query.ids).split(",").filter(Boolean);
    const allOrNone = request.query.allOrNone === "true";
    const records = ids.map((id) => ({
      attributes: { type: context.org.schema.objectOfPrefix(id.slice(0, 3))?.name },
      Id: id,
    }));
    save(context, response, records, false, (transaction, name, inputs) =>
      deleteRecords(
        transaction,
        name,
        inputs.map((input) => String(input.Id)),
        { allOrNone },
      ),
    );
  });
  return router;
}

function readBody(body: unknown): z.infer<typeof collectionBody> {
  const parsed = collectionBody.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new RestError(400, "JSON_PARSER_ERROR", "Expected an object with a list of records");
}

function save(
  context: RestContext,
  response: Response,
  records: readonly Input[],
  isUpsert: boolean,
  write: (transaction: Transaction, objectName: string, records: readonly Input[]) => SaveResult[],
): void {
  if (records.length > collectionLimit) {
    throw new RestError(
      400,
      "EXCEEDED_ID_LIMIT",
      "record limit reached. cannot submit more than 200 records into this call",
    );
  }
  const groups = groupByType(records).map((group) => ({
    name: requireObject(context, response, group.type).name,
    records: group.records,
  }));
  const results = transactCounted(context, userIdOf(response), (transaction) =>
    groups.flatMap((group) => write(transaction, group.name, group.records)),
  );
  response.json(results.map((result) => resultJson(result, isUpsert)));
}

/** Neighbours of one type are saved together; the order stays. */
function groupByType(records: readonly Input[]): { type: string; records: Input[] }[] {
  const groups: { type: string; records: Input[] }[] = [];
  for (const record of records) {
    const attributes = z.object({ type: z.string() }).safeParse(record.attributes);
    if (!attributes.success) {
      throw new RestError(
        400,
        "INVALID_INPUT",
        "The type attribute is required for each record: attributes.type",
      );
    }
    const { type } = attributes.data;
    const last = groups.at(-1);
    if (last?.type === type) last.records.push(record);
    else groups.push({ type, records: [record] });
  }
  return groups;
}

function resultJson(result: SaveResult, isUpsert: boolean): object {
  const { id, success, errors, created } = result;
  return {
    ...(id === null ? {} : { id }),
    success,
    errors,
    ...(isUpsert ? { created: success && created } : {}),
  };
}
