/**
 * HTTP for jsforce, with one time limit from the request to the answer's last byte. jsforce's own
 * (3.10.16, `lib/request.js`) waits half an hour for an answer to begin, for ever when it is cut
 * off or stalls in the middle, and repeats reads by itself.
 */
import { PassThrough } from "node:stream";
import type { HttpRequest, HttpResponse } from "jsforce";
import { Transport } from "jsforce/lib/transport.js";
import { StreamPromise } from "jsforce/lib/util/promise.js";
import { quoteLongNumbers } from "../../http/exact-json.ts";
import type { SystemTime } from "../../http/system-time.ts";
import { readText } from "../../http/read-text.ts";
import { outboundFetch } from "../../http/outbound-fetch.ts";
import { NoAnswer, UnusableAnswer } from "./errors.ts";

/** Set by fetch itself, from the body. */
const ownHeaders = new Set(["content-length", "transfer-encoding"]);

export class BoundedTransport extends Transport {
  readonly #timeoutMs: number;
  readonly #time: Pick<SystemTime, "note"> | null;

  /** @param time hears the date of each answer */
  constructor(timeoutMs: number, time: Pick<SystemTime, "note"> | null = null) {
    super();
    this.#timeoutMs = timeoutMs;
    this.#time = time;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    const promise = send(request, this.#timeoutMs).then((answer) => {
      this.#time?.note(answer.headers["date"]);
      return answer;
    });
    // No caller reads answers as streams.
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise }));
  }
}

/**
 * @throws UnusableAnswer for what is no answer to the request, whatever jsforce would make of it;
 * NoAnswer when none came
 */
async function send(
  { url, method, headers = {}, body }: HttpRequest,
  timeoutMs: number,
): Promise<HttpResponse> {
  const kept = Object.entries(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  let answer: Response;
  let read: Awaited<ReturnType<typeof readText>>;
  try {
    answer = await outboundFetch(url, {
      method,
      headers: Object.fromEntries(kept),
      ...(typeof body === "string" ? { body } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    });
    read = await readText(answer);
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    const reason = late ? `no answer within ${timeoutMs / 1_000} s` : `no answer: ${whyNot(error)}`;
    throw new NoAnswer(reason, { cause: error });
  }
  const { status } = answer;
  const { text } = read;
  const answered = Object.fromEntries(answer.headers);
  const contentType = answer.headers.get("content-type");
  const isPage = contentType?.includes("text/html") === true;
  // 304 is what a conditional read asks for.
  if ((status >= 300 && status !== 304) || isPage || !read.isUtf8) {
    throw new UnusableAnswer({ status, contentType, body: text }, answered);
  }
  return { statusCode: status, headers: answered, body: exactBody(contentType, text) };
}

/** jsforce reads JSON by itself, so that long numbers have to be texts before. */
function exactBody(contentType: string | null, text: string): string {
  return contentType?.includes("json") === true ? quoteLongNumbers(text) : text;
}

/** fetch says only that it failed; what happened is in the cause. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code: unknown = Reflect.get(cause, "code");
  return typeof code === "string" ? code : cause.message;
}
