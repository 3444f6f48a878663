import { type Response, Router } from "express";
import { z } from "zod";
import type { SaveError } from "../data/errors.ts";
import { insertRecords } from "../data/save.ts";
import type { Transaction } from "../data/org.ts";
import type { ObjectSchema } from "../schema/types.ts";
import { type RestContext, userIdOf } from "./rest-context.ts";
import { requireObject } from "./rows.ts";
import { RestError } from "./send-error.ts";
import { transactCounted } from "./transact-counted.ts";

const record = z.looseObject({
  attributes: z.looseObject({ type: z.string(), referenceId: z.string() }),
});
const tree = z.looseObject({ records: z.array(record).min(1).max(200) });
const children = z.looseObject({ records: z.array(record) });
type TreeRecord = z.infer<typeof record>;

interface TreeResult {
  readonly referenceId: string;
  readonly id?: string;
  readonly errors?: readonly SaveError[];
}

/** One record that can't be saved refuses the whole tree. */
class TreeRefused extends Error {
  constructor(readonly result: TreeResult) {
    super("The tree is refused.");
  }
}

/** `composite/tree`: records with their children, all or none (REST API Developer Guide, sObject Tree). */
export function recordTreeRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  router.post("/composite/tree/:object", (request, response) => {
    const parsed = tree.safeParse(request.body);
    if (!parsed.success) throw new RestError(400, "INVALID_INPUT", z.prettifyError(parsed.error));
    try {
      const results = transactCounted(context, userIdOf(response), (transaction) =>
        parsed.data.records.flatMap((item) => insertTree(context, response, transaction, item, {})),
      );
      response.status(201).json({ hasErrors: false, results });
    } catch (error) {
      if (!(error instanceof TreeRefused)) throw error;
      response.status(400).json({ hasErrors: true, results: [error.result] });
    }
  });
  return router;
}

function insertTree(
  context: RestContext,
  response: Response,
  transaction: Transaction,
  { attributes, ...values }: TreeRecord,
  parent: Readonly<Record<string, string>>,
): TreeResult[] {
  const object = requireObject(context, response, attributes.type);
  const nested = Object.entries(values).filter(([, value]) => children.safeParse(value).success);
  const names = new Set(nested.map(([name]) => name));
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
  const [saved] = insertRecords(transaction, object.name, [{ ...own, ...parent }], {
    allOrNone: true,
  });
  const { referenceId } = attributes;
  if (!saved?.success) throw new TreeRefused({ referenceId, errors: saved?.errors ?? [] });
  const id = saved.id ?? "";
  return [
    { referenceId, id },
    ...nested.flatMap(([name, value]) =>
      children.parse(value).records.flatMap((child) => {
        const field = lookupOf(context, object, child.attributes.type, name);
        return insertTree(context, response, transaction, child, { [field]: id });
      }),
    ),
  ];
}

/** The child's field that points at its parent by this name. */
function lookupOf(
  { org }: RestContext,
  parent: ObjectSchema,
  childType: string,
  name: string,
): string {
  const fields = [...(org.schema.object(childType)?.fields.values() ?? [])];
  const field = fields.find(
    ({ referenceTo, childRelationshipName }) =>
      referenceTo.includes(parent.name) && childRelationshipName === name,
  );
  if (field) return field.name;
  throw new RestError(400, "INVALID_FIELD", `No such relation '${name}' on object ${parent.name}`);
}
