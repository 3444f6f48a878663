/** Reads asked for in one go travel in one call, which counts once against the org's limit. */
import { z } from "zod";
import type { SystemError } from "../../../runtime/errors.ts";
import type { SalesforceConnection } from "./connection.ts";
import { toSystemError, UnusableAnswer } from "./errors.ts";
import { requestWithHeaders, type AnswerWithHeaders } from "./with-headers.ts";

export interface CompositeBatcher {
  /** All records of a query. @throws SystemError */
  query(action: string, soql: string): Promise<readonly unknown[]>;
  /**
   * One GET below the API version, such as `/sobjects/Campaign/describe`, whatever its status.
   * @throws SystemError when the call as a whole fails
   */
  get(
    action: string,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<AnswerWithHeaders>;
}

interface Asked {
  readonly action: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly resolve: (answer: AnswerWithHeaders) => void;
  readonly reject: (error: unknown) => void;
}

const answerSchema = z.object({
  compositeResponse: z.array(
    z.object({
      httpStatusCode: z.number(),
      httpHeaders: z.record(z.string(), z.unknown()).nullish(),
      body: z.unknown(),
    }),
  ),
});
const pageSchema = z.object({
  records: z.array(z.unknown()),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
});

/**
 * Of one call (REST API Developer Guide, "Composite Resources": one call towards the limits, up to
 * 25 subrequests, five of them queries).
 */
const maxParts = 5;

/** @returns asks; what is asked for before anything is awaited goes together */
export function compositeBatcher(connection: SalesforceConnection): CompositeBatcher {
  let waiting: Asked[] = [];

  const send = async () => {
    const asked = waiting;
    waiting = [];
    for (let start = 0; start < asked.length; start += maxParts) {
      const some = asked.slice(start, start + maxParts);
      try {
        const answers = await answersTo(connection, some);
        for (const [index, { resolve }] of some.entries()) resolve(answers[index] ?? noAnswer);
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
  };
  const get: CompositeBatcher["get"] = (action, path, headers) =>
    new Promise((resolve, reject) => {
      waiting.push({ action, path, headers, resolve, reject });
      if (waiting.length === 1) queueMicrotask(() => void send());
    });

  return {
    get,
    async query(action, soql) {
      const { status, body } = await get(action, `/query?q=${encodeURIComponent(soql)}`, {});
      if (status !== 200) throw toRefusal(action, status, body);
      return readAll(connection, action, body);
    },
  };
}

const noAnswer: AnswerWithHeaders = { status: 0, headers: {}, body: null };

async function answersTo(
  connection: SalesforceConnection,
  asked: readonly Asked[],
): Promise<AnswerWithHeaders[]> {
  const all = asked.map(({ action }) => action).join(", ");
  return connection.run(all, async (it) => {
    const compositeRequest = asked.map(({ path, headers }, index) => ({
      method: "GET",
      url: `/services/data/v${it.version}${path}`,
      referenceId: `part${index}`,
      ...(Object.keys(headers).length === 0 ? {} : { httpHeaders: headers }),
    }));
    const whole = await requestWithHeaders(it, {
      method: "POST",
      url: "/composite",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ allOrNone: false, compositeRequest }),
    });
    return answerSchema.parse(whole.body).compositeResponse.map((part) => ({
      status: part.httpStatusCode,
      body: part.body,
      // When it was made is said once, for the whole.
      headers: { date: whole.headers["date"] ?? "", ...textHeaders(part.httpHeaders ?? {}) },
    }));
  });
}

function textHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return z.record(z.string(), z.coerce.string()).parse(Object.fromEntries(entries));
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

/** A part of a composite call that failed means what it would mean by itself. */
function toRefusal(action: string, status: number, body: unknown): SystemError {
  const raw = { status, contentType: null, body: JSON.stringify(body ?? null) };
  return toSystemError(action, new UnusableAnswer(raw));
}
