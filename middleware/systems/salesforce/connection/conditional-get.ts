/** Reads that cost nothing while nothing has changed. */
import type { Connection } from "jsforce/lib/connection.js";
import { requestWithHeaders, type AnswerWithHeaders } from "./with-headers.ts";

export type ConditionalAnswer =
  | { readonly modified: false }
  | {
      readonly modified: true;
      readonly body: unknown;
      /** For the next `If-Modified-Since`; null when the answer names no time. */
      readonly asOf: string | null;
    };

/** Both headers count in whole seconds, so a change in the second of the answer may be missing. */
const resolutionMs = 1_000;

/**
 * GETs `path` unless it is as it was: jsforce gives an empty text for a 304 (3.10.16), so the
 * answer's own status is what counts.
 * @param asOf of the last answer; null to read it in any case
 * @throws what jsforce throws
 */
export async function getIfModified(
  connection: Connection,
  path: string,
  asOf: string | null,
): Promise<ConditionalAnswer> {
  const headers = ifModifiedSince(asOf);
  return toConditional(await requestWithHeaders(connection, { method: "GET", url: path, headers }));
}

/** The header that asks for the answer only if it is news. */
export function ifModifiedSince(asOf: string | null): Record<string, string> {
  return asOf === null ? {} : { "If-Modified-Since": asOf };
}

export function toConditional({ status, headers, body }: AnswerWithHeaders): ConditionalAnswer {
  return status === 304 ? { modified: false } : { modified: true, body, asOf: nextAsOf(headers) };
}

/** The time of the last change, unless the answer was made within the same second. */
function nextAsOf(headers: Readonly<Record<string, string>>): string | null {
  const answeredAt = Date.parse(headers["date"] ?? "");
  if (Number.isNaN(answeredAt)) return null;
  const changedAt = Date.parse(headers["last-modified"] ?? "");
  const latest = answeredAt - resolutionMs;
  return new Date(Number.isNaN(changedAt) ? latest : Math.min(changedAt, latest)).toUTCString();
}
