import { stringify } from "csv-stringify/sync";
import express, { type Response, Router } from "express";
import { z } from "zod";
import type { SaveResult } from "../data/save-rows.ts";
import { ingestOperations, type IngestRow, saveIngestRows } from "./bulk-ingest-rows.ts";
import { delimiters, IngestDataError, readIngestCsv } from "./bulk-ingest-csv.ts";
import { type RestContext, userIdOf, versionOf } from "./rest-context.ts";
import { requireObject } from "./rows.ts";
import { notFound, RestError } from "./send-error.ts";

const jobRequest = z.object({
  object: z.string(),
  operation: z.enum(ingestOperations),
  externalIdFieldName: z.string().optional(),
  lineEnding: z.enum(["LF", "CRLF"]).default("LF"),
  columnDelimiter: z.enum(delimiters).default("COMMA"),
});
const stateChange = z.looseObject({ state: z.enum(["UploadComplete", "Aborted"]) });

interface IngestJob extends z.infer<typeof jobRequest> {
  readonly id: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly uploads: string[];
  state: "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Failed" | "Aborted";
  errorMessage: string | null;
  columns: readonly string[];
  rows: readonly IngestRow[];
  results: readonly SaveResult[];
}

/** Bulk API 2.0 ingest: a job, its CSV, and what became of each row. */
export function bulkIngestRoutes(context: RestContext): Router {
  const router = Router({ mergeParams: true });
  const jobs = new Map<string, IngestJob>();
  const path = "/jobs/ingest";
  const requireJob = (id: string): IngestJob => {
    const job = jobs.get(id);
    if (!job) throw notFound();
    return job;
  };
  router.post(path, (request, response) => {
    const job = createJob(context, response, request.body);
    jobs.set(job.id, job);
    response.json(jobJson(job, versionOf(request)));
  });
  router.put(
    `${path}/:id/batches`,
    express.text({ type: () => true, limit: "150mb" }),
    (request, response) => {
      const job = requireJob(request.params.id);
      if (job.state !== "Open" || job.uploads.length > 0) {
        throw new RestError(
          400,
          "INVALIDJOBSTATE",
          "Found multiple contents for job: only one upload is possible",
        );
      }
      job.uploads.push(typeof request.body === "string" ? request.body : "");
      response.status(201).end();
    },
  );
  router.patch(`${path}/:id`, (request, response) => {
    const job = requireJob(request.params.id);
    const { state } = stateChange.parse(request.body);
    if (job.state !== "Open" && state === "UploadComplete") {
      throw new RestError(
        400,
        "INVALIDJOBSTATE",
        `Invalid job state change from ${job.state} to ${state}`,
      );
    }
    job.state = state;
    response.json(jobJson(job, versionOf(request)));
  });
  router.get(`${path}/:id`, (request, response) => {
    const job = requireJob(request.params.id);
    advance(context, job);
    response.json({ ...jobJson(job, versionOf(request)), ...figures(job) });
  });
  router.get(path, (request, response) => {
    const records = [...jobs.values()].map((job) => jobJson(job, versionOf(request)));
    response.json({ done: true, records, nextRecordsUrl: null });
  });
  router.delete(`${path}/:id`, (request, response) => {
    jobs.delete(requireJob(request.params.id).id);
    response.status(204).end();
  });
  router.get(`${path}/:id/successfulResults`, (request, response) => {
    const job = requireJob(request.params.id);
    const lines = pairs(job).filter(([, result]) => result.success);
    sendCsv(
      response,
      ["sf__Id", "sf__Created", ...job.columns],
      lines.map(([row, result]) => [
        ...[result.id ?? "", String(result.created)],
        ...job.columns.map((column) => row.given[column] ?? ""),
      ]),
    );
  });
  router.get(`${path}/:id/failedResults`, (request, response) => {
    const job = requireJob(request.params.id);
    const lines = pairs(job).filter(([, result]) => !result.success);
    sendCsv(
      response,
      ["sf__Id", "sf__Error", ...job.columns],
      lines.map(([row, result]) => [
        ...[result.id ?? "", errorText(result)],
        ...job.columns.map((column) => row.given[column] ?? ""),
      ]),
    );
  });
  router.get(`${path}/:id/unprocessedrecords`, (request, response) => {
    const job = requireJob(request.params.id);
    const rest = job.rows.slice(job.results.length);
    sendCsv(
      response,
      job.columns,
      rest.map(({ given }) => job.columns.map((column) => given[column] ?? "")),
    );
  });
  return router;
}

function createJob(context: RestContext, response: Response, body: unknown): IngestJob {
  const parsed = jobRequest.safeParse(body);
  if (!parsed.success) {
    throw new RestError(400, "INVALIDJOB", z.prettifyError(parsed.error));
  }
  const { object, ...order } = parsed.data;
  const { name } = requireObject(context, response, object);
  if (order.operation === "upsert" && order.externalIdFieldName === undefined) {
    throw new RestError(400, "INVALIDJOB", "External ID was blank for upsert operation");
  }
  return {
    ...order,
    id: context.org.ids.next("750"),
    object: name,
    createdById: userIdOf(response),
    createdDate: context.org.now().toISOString().replace("Z", "+0000"),
    ...{ uploads: [], state: "Open", errorMessage: null, columns: [], rows: [], results: [] },
  };
}

/** A look at the job takes it a step further; the rows are written in the second. */
function advance(context: RestContext, job: IngestJob): void {
  if (job.state === "UploadComplete") {
    job.state = "InProgress";
    return;
  }
  if (job.state !== "InProgress") return;
  try {
    const { columns, rows } = readIngestCsv(context, job, job.uploads[0] ?? "");
    Object.assign(job, { columns, rows });
    job.results = saveIngestRows(context, job, rows);
    job.state = "JobComplete";
  } catch (error) {
    if (!(error instanceof IngestDataError)) throw error;
    job.state = "Failed";
    job.errorMessage = error.message;
  }
}

function jobJson(job: IngestJob, version: string): object {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: job.createdDate,
    systemModstamp: job.createdDate,
    state: job.state,
    ...(job.externalIdFieldName === undefined
      ? {}
      : { externalIdFieldName: job.externalIdFieldName }),
    concurrencyMode: "Parallel",
    contentType: "CSV",
    apiVersion: Number(version),
    contentUrl: `services/data/v${version}/jobs/ingest/${job.id}/batches`,
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

function figures({ results, errorMessage }: IngestJob): object {
  return {
    jobType: "V2Ingest",
    ...{ retries: 0, totalProcessingTime: 0, apiActiveProcessingTime: 0, apexProcessingTime: 0 },
    numberRecordsProcessed: results.length,
    numberRecordsFailed: results.filter(({ success }) => !success).length,
    ...(errorMessage === null ? {} : { errorMessage }),
  };
}

function pairs({ rows, results }: IngestJob): (readonly [IngestRow, SaveResult])[] {
  return results.flatMap((result, index) => {
    const row = rows[index];
    return row ? [[row, result] as const] : [];
  });
}

function errorText({ errors }: SaveResult): string {
  return errors
    .map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(",")} --`)
    .join("");
}

function sendCsv(
  response: Response,
  columns: readonly string[],
  lines: readonly (readonly string[])[],
): void {
  response.type("text/csv").send(
    stringify(
      [columns, ...lines].map((line) => [...line]),
      { quoted: true },
    ),
  );
}
