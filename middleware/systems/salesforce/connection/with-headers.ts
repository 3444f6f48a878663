/** What jsforce keeps to itself of an answer: its status and its headers. */
import type { HttpRequest, HttpResponse } from "jsforce";
import type { Connection } from "jsforce/lib/connection.js";

export interface AnswerWithHeaders {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Sends a request of the REST API.
 * @param responseType as jsforce takes it: `text/plain` leaves the body as it came
 * @throws what jsforce throws
 */
export async function requestWithHeaders(
  connection: Connection,
  request: HttpRequest,
  responseType?: string,
): Promise<AnswerWithHeaders> {
  let response: HttpResponse | null = null;
  const transport = {
    httpRequest(sending: HttpRequest, options: object) {
      const sent = connection._transport.httpRequest(sending, options);
      sent.then(
        (answer) => (response = answer),
        () => undefined,
      );
      return sent;
    },
  };
  const options = responseType === undefined ? { transport } : { transport, responseType };
  const body = await connection.request(request, options);
  const { statusCode = 0, headers = {} } = (response as HttpResponse | null) ?? {};
  return { status: statusCode, headers, body };
}
