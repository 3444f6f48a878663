/** Reads that cost nothing while nothing has changed. */
import type { HttpRequest, HttpResponse } from "jsforce";
import type { Connection } from "jsforce/lib/connection.js";

export type ConditionalAnswer =
  | { readonly modified: false }
  | {
      readonly modified: true;
      readonly body: unknown;
      /** For the next `If-Modified-Since`; null when the answer names no time to go by. */
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
  let response: HttpResponse | null = null;
  const transport = {
    httpRequest(request: HttpRequest, options: object) {
      const sent = connection._transport.httpRequest(request, options);
      sent.then(
        (answer) => (response = answer),
        () => undefined,
      );
      return sent;
    },
  };
  const headers: Record<string, string> = asOf === null ? {} : { "If-Modified-Since": asOf };
  const body = await connection.request({ method: "GET", url: path, headers }, { transport });
  const answer = response as HttpResponse | null;
  if (answer?.statusCode === 304) return { modified: false };
  return { modified: true, body, asOf: nextAsOf(answer?.headers ?? {}) };
}

/** The time of the last change, unless the answer was made within the same second. */
function nextAsOf(headers: Readonly<Record<string, string>>): string | null {
  const answeredAt = Date.parse(headers["date"] ?? "");
  if (Number.isNaN(answeredAt)) return null;
  const changedAt = Date.parse(headers["last-modified"] ?? "");
  const latest = answeredAt - resolutionMs;
  return new Date(Number.isNaN(changedAt) ? latest : Math.min(changedAt, latest)).toUTCString();
}
