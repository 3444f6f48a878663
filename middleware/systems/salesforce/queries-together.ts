/** Queries asked for in one go travel in one call, which counts once against the org's limit. */
import { z } from "zod";
import { SystemError } from "../../errors.ts";
import type { SalesforceConnection } from "./connection.ts";
import { toSystemError } from "./errors.ts";

const answerSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});
const pageSchema = z.object({
  records: z.array(z.unknown()),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
});
const refusalSchema = z.array(z.object({ errorCode: z.string(), message: z.string() }));

/** Answers with all records of a query. @throws SystemError */
export type AskTogether = (action: string, soql: string) => Promise<readonly unknown[]>;

interface Asked {
  readonly action: string;
  readonly soql: string;
  readonly resolve: (records: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Of one call (REST API Developer Guide, "Composite Resources": one call towards the limits, up to
 * 25 subrequests, five of them queries).
 */
const mostQueries = 5;

/** @returns asks; what is asked for before anything is awaited goes together */
export function queriesTogether(connection: SalesforceConnection): AskTogether {
  let waiting: Asked[] = [];

  const send = async () => {
    const asked = waiting;
    waiting = [];
    for (let start = 0; start < asked.length; start += mostQueries) {
      const some = asked.slice(start, start + mostQueries);
      try {
        await answerAll(connection, some);
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
  };

  return (action, soql) =>
    new Promise((resolve, reject) => {
      waiting.push({ action, soql, resolve, reject });
      if (waiting.length === 1) queueMicrotask(() => void send());
    });
}

/** Each query succeeds or fails for itself. @throws SystemError when the call as a whole fails */
async function answerAll(connection: SalesforceConnection, asked: readonly Asked[]): Promise<void> {
  const all = asked.map(({ action }) => action).join(", ");
  const parts = await connection.run(all, async (it) => {
    const answer = await it.request({
      method: "POST",
      url: "/composite",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        allOrNone: false,
        compositeRequest: asked.map(({ soql }, index) => ({
          method: "GET",
          url: `/services/data/v${it.version}/query?q=${encodeURIComponent(soql)}`,
          referenceId: `query${index}`,
        })),
      }),
    });
    return answerSchema.parse(answer).compositeResponse;
  });
  for (const [index, { action, resolve, reject }] of asked.entries()) {
    const part = parts[index];
    if (part?.httpStatusCode === 200) {
      readAll(connection, action, part.body).then(resolve, reject);
    } else {
      reject(toRefusal(action, part?.body));
    }
  }
}

async function readAll(
  connection: SalesforceConnection,
  action: string,
  body: unknown,
): Promise<readonly unknown[]> {
  let page = pageSchema.parse(body);
  const records = [...page.records];
  while (!page.done && page.nextRecordsUrl !== undefined) {
    const next = page.nextRecordsUrl;
    page = pageSchema.parse(await connection.run(action, (it) => it.request(next)));
    records.push(...page.records);
  }
  return records;
}

function toRefusal(action: string, body: unknown): SystemError {
  const parsed = refusalSchema.safeParse(body);
  const [first] = parsed.success ? parsed.data : [];
  if (first === undefined) {
    return new SystemError("salesforce", "retry", `Salesforce ${action}: no answer to a query`);
  }
  const { errorCode, message } = first;
  return toSystemError(action, Object.assign(new Error(message), { errorCode, data: parsed.data }));
}
