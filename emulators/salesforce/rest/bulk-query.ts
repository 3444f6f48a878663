import { stringify } from "csv-stringify/sync";
import { type Response, Router } from "express";
import { z } from "zod";
import type { FieldValue } from "../schema/types.ts";
import type { ResultRow } from "../soql/result.ts";
import { type ColumnDescription, describeQuery } from "../soql/describe-query.ts";
import { runQuery } from "../soql/run-query.ts";
import { type RestContext, textParameter, userIdOf, versionOf } from "./rest-context.ts";
import { notFound, RestError } from "./send-error.ts";

const jobRequest = z.looseObject({
  operation: z.enum(["query", "queryAll"]),
  query: z.string().min(1),
});

/** The states in which a job is seen, one further at each look. */
const progress = ["UploadComplete", "InProgress", "JobComplete"] as const;
type JobState = (typeof progress)[number] | "Aborted";

interface Job {
  readonly id: string;
  readonly operation: "query" | "queryAll";
  readonly objectName: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly columns: readonly string[];
  readonly rows: readonly ResultRow[];
  state: JobState;
}

/** Rows per set of results when the client names no number. */
const defaultSetSize = 50_000;

/** Bulk API 2.0 query: a job, then its results as CSV in sets, each with a header line. */
export function bulkQueryRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  const jobs = new Map<string, Job>();
  const requireJob = (id: string): Job => {
    const job = jobs.get(id);
    if (!job) throw notFound();
    return job;
  };
  router.post("/jobs/query", (request, response) => {
    const job = createJob(context, response, request.body);
    jobs.set(job.id, job);
    response.json(jobJson(job, versionOf(request)));
  });
  router.get("/jobs/query/:id", (request, response) => {
    const job = requireJob(request.params.id);
    advance(job);
    const more = { numberRecordsProcessed: job.rows.length, retries: 0, totalProcessingTime: 0 };
    response.json({ ...jobJson(job, versionOf(request)), jobType: "V2Query", ...more });
  });
  router.patch("/jobs/query/:id", (request, response) => {
    const job = requireJob(request.params.id);
    job.state = "Aborted";
    response.json(jobJson(job, versionOf(request)));
  });
  router.delete("/jobs/query/:id", (request, response) => {
    jobs.delete(requireJob(request.params.id).id);
    response.status(204).end();
  });
  router.get("/jobs/query/:id/results", (request, response) => {
    const job = requireJob(request.params.id);
    if (job.state !== "JobComplete") {
      throw new RestError(400, "INVALIDJOBSTATE", `Unable to get results: the job is ${job.state}`);
    }
    const asked = Number(textParameter(request.query.maxRecords) || defaultSetSize);
    const size = Math.min(asked, context.faults.pageSize ?? asked);
    sendSet(response, job, startOf(textParameter(request.query.locator)), size);
  });
  return router;
}

function createJob(context: RestContext, response: Response, body: unknown): Job {
  const parsed = jobRequest.safeParse(body);
  if (!parsed.success) throw new RestError(400, "INVALIDJOB", "operation and query are required");
  const { operation, query } = parsed.data;
  const createdById = userIdOf(response);
  const includeDeleted = operation === "queryAll";
  const { object, columns } = describeQuery(context.org, createdById, query);
  if (columns.some((column) => column.aggregate)) {
    throw new RestError(400, "API_ERROR", "Aggregate queries are not supported by Bulk API 2.0");
  }
  if (columns.some((column) => column.children === true)) {
    throw new RestError(400, "API_ERROR", "Sub-queries are not supported by Bulk API 2.0");
  }
  const { rows } = runQuery(context.org, createdById, query, { includeDeleted });
  return {
    id: context.org.ids.next("750"),
    operation,
    objectName: object.name,
    createdById,
    createdDate: context.org.now().toISOString().replace("Z", "+0000"),
    columns: columnNames(columns),
    rows,
    state: "UploadComplete",
  };
}

function advance(job: Job): void {
  const at = progress.findIndex((state) => state === job.state);
  job.state = progress[at + 1] ?? job.state;
}

function jobJson(job: Job, version: string): object {
  return {
    id: job.id,
    operation: job.operation,
    object: job.objectName,
    createdById: job.createdById,
    createdDate: job.createdDate,
    systemModstamp: job.createdDate,
    state: job.state,
    concurrencyMode: "Parallel",
    contentType: "CSV",
    apiVersion: Number(version),
    lineEnding: "LF",
    columnDelimiter: "COMMA",
  };
}

/** Locators hide the position of the next set, as Salesforce's do. */
function startOf(locator: string): number {
  const start = Number(Buffer.from(locator, "base64").toString("utf8") || 0);
  if (!Number.isInteger(start)) throw new RestError(400, "INVALID_LOCATOR", "Invalid locator");
  return start;
}

function sendSet(response: Response, job: Job, start: number, size: number): void {
  const set = job.rows.slice(start, start + size);
  const end = start + set.length;
  const more = end < job.rows.length;
  response.set({
    "Content-Type": "text/csv; charset=UTF-8",
    "Sforce-NumberOfRecords": String(set.length),
    "Sforce-Locator": more ? Buffer.from(String(end)).toString("base64") : "null",
  });
  response.send(
    stringify(set.map(flatten), {
      header: true,
      columns: [...job.columns],
      quoted: true,
      quoted_empty: true,
    }),
  );
}

function columnNames(columns: readonly ColumnDescription[]): string[] {
  return columns.flatMap((column) =>
    column.joined.length === 0
      ? [column.name]
      : columnNames(column.joined).map((name) => `${column.name}.${name}`),
  );
}

/** A row as columns: fields behind lookups are called `Owner.Name`, blanks are empty. */
function flatten(row: ResultRow): Record<string, string> {
  return Object.fromEntries(
    row.fields.flatMap((field): [string, string][] => {
      if ("value" in field) return [[field.name, csvValue(field.value)]];
      const inside =
        "related" in field && field.related ? Object.entries(flatten(field.related)) : [];
      return inside.map(([name, value]) => [`${field.name}.${name}`, value]);
    }),
  );
}

function csvValue(value: FieldValue): string {
  return value === null ? "" : String(value);
}
