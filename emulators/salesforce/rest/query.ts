import { Router } from "express";
import { runQuery } from "../soql/run-query.ts";
import type { ResultRow } from "../soql/result.ts";
import { describeQuery } from "../soql/describe-query.ts";
import { columnsJson } from "./query-columns.ts";
import { recordJson } from "./record-json.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";
import { RestError } from "./send-error.ts";

const defaultBatchSize = 2000;
const smallestBatchSize = 200;

/** `query`, `queryAll` and their next pages. */
export function queryRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  for (const [path, includeDeleted] of [
    ["/query", false],
    ["/queryAll", true],
  ] as const) {
    router.get(path, (request, response) => {
      const soql = textParameter(request.query.q);
      if (soql === "") {
        throw new RestError(400, "MALFORMED_QUERY", "A query string has to be specified");
      }
      if (request.query.columns === "true") {
        response.json(columnsJson(describeQuery(context.org, userIdOf(response), soql)));
        return;
      }
      const answer = runQuery(context.org, userIdOf(response), soql, { includeDeleted });
      const { totalSize, rows } = answer;
      const batchSize = batchSizeOf(context, request.headers["sforce-query-options"]);
      response.json(
        page(context, versionOf(request), { totalSize, rows, start: 0, batchSize, locator: null }),
      );
    });
    router.get(`${path}/:locator`, (request, response) => {
      const match = /^(01g\w+)-(\d+)$/.exec(request.params.locator);
      const rows = context.locators.rows(match?.[1] ?? "");
      if (!rows || !match) {
        throw new RestError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
      }
      const batchSize = batchSizeOf(context, request.headers["sforce-query-options"]);
      const start = Number(match[2]);
      const locator = match[1] ?? "";
      response.json(
        page(context, versionOf(request), {
          totalSize: rows.length,
          rows,
          start,
          batchSize,
          locator,
        }),
      );
    });
  }
  return router;
}

interface PageOptions {
  readonly totalSize: number;
  readonly rows: readonly ResultRow[];
  readonly start: number;
  readonly batchSize: number;
  readonly locator: string | null;
}

function page(context: RestContext, version: string, options: PageOptions): object {
  const { rows, start, batchSize } = options;
  const end = start + batchSize;
  const records = rows.slice(start, end).map((row) => recordJson(row, version));
  const done = end >= rows.length;
  if (done) return { totalSize: options.totalSize, done, records };
  const locator = options.locator ?? context.locators.keep(rows);
  const nextRecordsUrl = `/services/data/v${version}/query/${locator}-${end}`;
  return { totalSize: options.totalSize, done, nextRecordsUrl, records };
}

/** The page size asked for, within Salesforce's bounds, or the smaller one that a fault orders. */
function batchSizeOf(context: RestContext, header: string | string[] | undefined): number {
  const asked = Number(/batchSize=(\d+)/i.exec(String(header ?? ""))?.[1] ?? defaultBatchSize);
  const size = Math.min(Math.max(asked, smallestBatchSize), defaultBatchSize);
  return Math.min(size, context.faults.pageSize ?? size);
}
