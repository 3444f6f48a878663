/**
 * Bulk API 2.0 queries: a job, then its results in sets of CSV. jsforce's own reader takes the
 * header line of each further set for a row (jsforce 1546), so the sets are read here.
 * Source: Bulk API 2.0 Developer Guide, "Query"
 */
import type { HttpRequest } from "jsforce";
import { z } from "zod";
import type { Clock } from "../../../runtime/clock.ts";
import { SystemError } from "../../../runtime/errors.ts";
import type { SalesforceConnection } from "../connection/connection.ts";
import { CsvError, readCsv } from "./csv.ts";
import { requestWithHeaders, type AnswerWithHeaders } from "../connection/with-headers.ts";

export type BulkRow = Readonly<Record<string, string>>;

/** One set of a job's results. */
export interface BulkSet {
  /** Read as they are asked for; a blank is an empty text. */
  readonly rows: Iterable<BulkRow>;
  /** Of the next set; null after the last one. */
  readonly next: string | null;
}

export interface BulkQueries {
  /** @returns the job's Id; Salesforce keeps it and its results for seven days */
  startBulkQuery(soql: string): Promise<string>;
  /**
   * Waits until the job is done, asking less and less often.
   * @returns false when `signal` was aborted first
   * @throws SystemError `not_found` when there is no such job, `retry` when it failed
   */
  bulkQueryDone(jobId: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Reads one set whole: every row that Salesforce has counted, or none.
   * @param locator of the set; null for the first
   * @throws SystemError
   */
  bulkQuerySet(jobId: string, locator: string | null, maxRows: number): Promise<BulkSet>;
  /** Aborts the job where it still runs, and deletes it; one that is gone is no error. */
  endBulkQuery(jobId: string): Promise<void>;
}

const jobSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  errorMessage: z.string().nullish(),
});

const firstLookMs = 1_000;
const maxLookMs = 20_000;
/** A set that comes incomplete is asked for again so many times. */
const maxReads = 4;
const firstReadAgainMs = 500;

export function bulkQueries(connection: SalesforceConnection, clock: Clock): BulkQueries {
  const call = (action: string, request: HttpRequest) =>
    connection.run(action, (it) => it.request(request));
  const json = (method: "POST" | "PATCH", url: string, body: object): HttpRequest => ({
    method,
    url,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const lookAt = async (jobId: string) =>
    jobSchema.parse(await call("a bulk query", { method: "GET", url: `/jobs/query/${jobId}` }));

  return {
    async startBulkQuery(soql) {
      const body = { operation: "query", query: soql, columnDelimiter: "COMMA", lineEnding: "LF" };
      const answer = await call("starting a bulk query", json("POST", "/jobs/query", body));
      return jobSchema.parse(answer).id;
    },

    async bulkQueryDone(jobId, signal) {
      for (let waitMs = firstLookMs; ; waitMs = Math.min(waitMs * 1.5, maxLookMs)) {
        const { state, errorMessage } = await lookAt(jobId);
        if (state === "JobComplete") return true;
        if (state === "Failed" || state === "Aborted") {
          const text = `Salesforce's bulk query ended as ${state}: ${errorMessage ?? "no reason given"}`;
          throw new SystemError("salesforce", "not_found", text);
        }
        if (signal.aborted) return false;
        await clock.sleep(waitMs, signal);
      }
    },

    async bulkQuerySet(jobId, locator, maxRows) {
      const query = new URLSearchParams({ maxRecords: String(maxRows) });
      if (locator !== null) query.set("locator", locator);
      const url = `/jobs/query/${jobId}/results?${query.toString()}`;
      for (let reads = 1; ; reads += 1) {
        try {
          const set = await connection.run("reading a bulk query", (it) =>
            requestWithHeaders(it, { method: "GET", url }, "text/plain"),
          );
          requireWhole(set);
          return { rows: rowsOf(textOf(set)), next: locatorOf(set.headers) };
        } catch (error) {
          const passing = error instanceof SystemError && error.kind === "retry";
          if (!passing || reads === maxReads) throw error;
        }
        await clock.sleep(firstReadAgainMs * 2 ** (reads - 1));
      }
    },

    async endBulkQuery(jobId) {
      try {
        const { state } = await lookAt(jobId);
        const url = `/jobs/query/${jobId}`;
        if (state === "UploadComplete" || state === "InProgress") {
          await call("ending a bulk query", json("PATCH", url, { state: "Aborted" }));
        }
        await call("deleting a bulk query", { method: "DELETE", url });
      } catch (error) {
        if (!(error instanceof SystemError) || error.kind !== "not_found") throw error;
      }
    },
  };
}

/** @throws SystemError `retry` when the set does not hold all that Salesforce has counted */
function requireWhole(set: AnswerWithHeaders): void {
  const fault = faultOf(set);
  if (fault === null) return;
  const text = `Salesforce's bulk query: a set of results is not whole: ${fault}`;
  throw new SystemError("salesforce", "retry", text);
}

function faultOf(set: AnswerWithHeaders): string | null {
  const { headers } = set;
  const counted = headers["sforce-numberofrecords"];
  if (counted === undefined || headers["sforce-locator"] === undefined) {
    return "its headers are missing";
  }
  try {
    let rows = -1;
    for (const _row of readCsv(textOf(set))) rows += 1;
    const found = Math.max(0, rows);
    return found === Number(counted) ? null : `${found} rows instead of ${counted}`;
  } catch (error) {
    if (error instanceof CsvError) return error.message;
    throw error;
  }
}

/** Salesforce says the word `null` where there is no next set. */
function locatorOf(headers: AnswerWithHeaders["headers"]): string | null {
  const locator = headers["sforce-locator"] ?? "null";
  return locator === "null" || locator === "" ? null : locator;
}

function textOf({ body }: AnswerWithHeaders): string {
  return typeof body === "string" ? body : "";
}

function* rowsOf(text: string): Generator<BulkRow> {
  let columns: readonly string[] | null = null;
  for (const values of readCsv(text)) {
    if (columns === null) {
      columns = values;
      continue;
    }
    yield Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ""]));
  }
}
