/** One HTTP call to Circa: bearer key, time limit, error classes. */
import { z } from "zod";
import {
  answeredAt,
  errorOf,
  noAnswer,
  readRetryAfter,
  toAnswer,
  type RawAnswer,
} from "../../model/answers/read-answer.ts";
import { firstOutcome } from "../../model/answers/rule.ts";
import { answerTable } from "../../model/answers/table.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Config } from "../../runtime/config.ts";
import type { FieldRefusal } from "../../runtime/errors.ts";
import { parseExactJson } from "../http/exact-json.ts";
import { readText } from "../http/read-text.ts";
import type { SystemTime } from "../http/system-time.ts";
import type { outboundFetch } from "../http/outbound-fetch.ts";

export interface CircaAnswer {
  readonly body: unknown;
  /**
   * Circa itself says that there is no such record or address: one sign of two before anything is
   * let go. Otherwise the answer is a 2xx.
   */
  readonly absent: boolean;
}

export interface CircaCallParts {
  readonly fetch: typeof outboundFetch;
  readonly config: Config["circa"];
  readonly clock: Clock;
  readonly time: SystemTime;
}

/**
 * What an answer means is in `answers/table.ts`.
 * @throws SystemError for every other status, for time-outs and for answers that are not JSON
 */
export async function callCirca(
  { fetch, config, clock, time }: CircaCallParts,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<CircaAnswer> {
  const where = `Circa ${method} ${path.split("?")[0] ?? path}`;
  let response: Response;
  let read: Awaited<ReturnType<typeof readText>>;
  try {
    response = await fetch(config.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${config.apiKey}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(config.requestTimeoutMs),
    });
    read = await readText(response);
  } catch (error) {
    const reason =
      error instanceof Error && error.name === "TimeoutError"
        ? `no answer within ${config.requestTimeoutMs / 1000} s`
        : "could not be reached";
    const reaction = firstOutcome(answerTable.circaCall, noAnswer);
    throw errorOf("circa", where, reaction, noAnswer, { reason, cause: error });
  }
  time.note(response.headers.get("date"));
  const { status } = response;
  const { text } = read;
  const json = response.ok && !read.isUtf8 ? undefined : parseJson(text);
  if (response.ok && (json !== undefined || status === 204)) return { body: json, absent: false };
  const raw = { status, contentType: response.headers.get("content-type"), body: text };
  const refusals = response.ok ? [] : refusalsOf(status, json);
  const answer = toAnswer(raw, refusals);
  const reaction = firstOutcome(answerTable.circaCall, answer);
  if (reaction.kind === "not_found") return { body: json, absent: true };
  const nowMs = answeredAt(response.headers.get("date"), clock.now());
  const retryAfterMs = readRetryAfter(response.headers.get("retry-after"), nowMs);
  throw errorOf("circa", where, reaction, answer, {
    refusals,
    retryAfterMs,
    ...moved(raw, response),
  });
}

/** A redirect is never followed: the key would go along. */
function moved({ status }: RawAnswer, { headers }: Response): { reason?: string } {
  if (status < 300 || status > 399) return {};
  const location = headers.get("location") ?? "";
  const to = URL.canParse(location) ? new URL(location).host : "another address";
  return {
    reason: `HTTP ${status}: it sends us on to ${to}; CIRCA_API_URL has to name the right address`,
  };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** `Errors` of docs/circa-api.openapi.yaml; attributes may be added to it. */
const wholeErrors = z.object({
  errors: z
    .array(z.looseObject({ field: z.string().nullable(), code: z.string(), message: z.string() }))
    .min(1),
});
/** The same with less in it, which is enough to know what is refused. */
const anyErrors = z.object({
  errors: z
    .array(
      z.looseObject({
        field: z.string().nullish(),
        code: z.string().default("refused"),
        message: z.string().default("refused without a message"),
      }),
    )
    .min(1),
});

/** A gateway between us and Circa says these too, about nothing in Circa: only the whole form counts. */
const absentStatuses: ReadonlySet<number> = new Set([404, 405, 410]);

/** @returns none when the body is not in Circa's own form of error */
function refusalsOf(status: number, body: unknown): FieldRefusal[] {
  const parsed = (absentStatuses.has(status) ? wholeErrors : anyErrors).safeParse(body);
  if (!parsed.success) return [];
  return parsed.data.errors.map(({ code, message, field }) => ({
    code,
    message,
    fields: field == null ? [] : [field],
  }));
}
