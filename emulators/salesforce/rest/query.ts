import { type Request, Router } from "express";
import { toolingOnlyObjects } from "../schema/standard/index.ts";
import { explainQuery } from "../soql/explain-query.ts";
import { runQuery } from "../soql/run-query.ts";
import type { QueryAnswer } from "../soql/result.ts";
import { describeQuery } from "../soql/describe-query.ts";
import { columnsJson } from "./query-columns.ts";
import { recordJson } from "./record-json.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";
import { RestError } from "./send-error.ts";

const defaultBatchSize = 2000;
const smallestBatchSize = 200;
/** Two custom long texts in one query hold its pages to the smallest size. */
const longTextsForSmallPages = 2;

/** `query`, `queryAll` and their next pages. */
export function queryRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  for (const [path, includeDeleted] of [
    ["/query", false],
    ["/queryAll", true],
  ] as const) {
    router.get(path, (request, response) => {
      const explained = textParameter(request.query.explain);
      if (explained !== "") {
        response.json(explainQuery(context.org, userIdOf(response), explained));
        return;
      }
      const soql = textParameter(request.query.q);
      if (soql === "") {
        throw new RestError(400, "MALFORMED_QUERY", "A query string has to be specified");
      }
      if (request.query.columns === "true") {
        response.json(columnsJson(describeQuery(context.org, userIdOf(response), soql)));
        return;
      }
      refuseToolingObjects(soql);
      const answer = query(context, { userId: userIdOf(response), soql, includeDeleted });
      response.json(page(context, request, { answer, start: 0, locator: null }));
    });
    router.get(`${path}/:locator`, (request, response) => {
      const match = /^(01g\w+)-(\d+)$/.exec(request.params.locator);
      const [, locator = "", start] = match ?? [];
      const answer = context.locators.answer(locator);
      if (!answer) throw new RestError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
      response.json(page(context, request, { answer, start: Number(start), locator }));
    });
  }
  return router;
}

/** @throws RestError as for any object that is not there */
function refuseToolingObjects(soql: string): void {
  const [, name = ""] = /\bFROM\s+(\w+)/i.exec(soql) ?? [];
  if (!toolingOnlyObjects.some((known) => known.toLowerCase() === name.toLowerCase())) return;
  throw new RestError(400, "INVALID_TYPE", `sObject type '${name}' is not supported.`);
}

/**
 * The first page of a query that is not a request of its own.
 * @throws RequestError as `runQuery` does
 */
export function firstPage(
  context: RestContext,
  {
    userId,
    soql,
    includeDeleted,
    version,
  }: { userId: string; soql: string; includeDeleted: boolean; version: string },
): object {
  const answer = query(context, { userId, soql, includeDeleted });
  const size = batchSizeOf(context, "", answer);
  return pageJson(context, version, size, { answer, start: 0, locator: null });
}

/** The answer without the rows that a fault keeps back. */
function query(
  { org, faults, identity }: RestContext,
  {
    userId,
    soql,
    includeDeleted,
  }: { readonly userId: string; readonly soql: string; readonly includeDeleted: boolean },
): QueryAnswer {
  const answer = runQuery(org, userId, soql, { includeDeleted });
  const [, object = ""] = /\bFROM\s+(\w+)/i.exec(soql) ?? [];
  const caller = userId === identity.person.userId ? "person" : "integration";
  const lacks = faults.lacking("query", object, caller);
  const rows = answer.rows.filter(
    ({ id, fields }) =>
      !lacks([id, ...fields.map((field) => ("value" in field ? field.value : null))]),
  );
  return { ...answer, rows, totalSize: answer.totalSize - answer.rows.length + rows.length };
}

interface PageOptions {
  readonly answer: QueryAnswer;
  readonly start: number;
  readonly locator: string | null;
}

function page(context: RestContext, request: Request, options: PageOptions): object {
  const header = String(request.headers["sforce-query-options"] ?? "");
  const size = batchSizeOf(context, header, options.answer);
  return pageJson(context, versionOf(request), size, options);
}

function pageJson(
  context: RestContext,
  version: string,
  size: number,
  options: PageOptions,
): object {
  const { answer, start } = options;
  const { totalSize, rows } = answer;
  const end = start + size;
  const records = rows.slice(start, end).map((row) => recordJson(row, version));
  if (end >= rows.length) return { totalSize, done: true, records };
  const locator = options.locator ?? context.locators.keep(answer);
  const nextRecordsUrl = `/services/data/v${version}/query/${locator}-${end}`;
  return { totalSize, done: false, nextRecordsUrl, records };
}

/** The page size asked for, within Salesforce's bounds, or the smaller one that a fault orders. */
function batchSizeOf(context: RestContext, header: string, answer: QueryAnswer): number {
  const asked = Number(/batchSize=(\d+)/i.exec(header)?.[1] ?? defaultBatchSize);
  const largest =
    answer.longTextColumns >= longTextsForSmallPages ? smallestBatchSize : defaultBatchSize;
  const size = Math.min(Math.max(asked, smallestBatchSize), largest);
  return Math.min(size, context.faults.pageSize ?? size);
}
