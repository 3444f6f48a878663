/** One HTTP call to Circa: bearer key, time limit, error classes. */
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { SystemError, type ErrorKind, type FieldRefusal } from "../../errors.ts";
import { parseExactJson } from "../exact-json.ts";
import type { SystemTime } from "../system-time.ts";

export interface CircaAnswer {
  readonly body: unknown;
  /**
   * Circa itself says that there is no such record or address: one sign of two before anything is
   * let go. Otherwise the answer is a 2xx.
   */
  readonly absent: boolean;
}

export interface CircaCallParts {
  readonly fetch: typeof globalThis.fetch;
  readonly config: Config["circa"];
  readonly clock: Clock;
  readonly time: SystemTime;
}

/** @throws SystemError for every other status, for time-outs and for answers that are not JSON. */
export async function callCirca(
  { fetch, config, clock, time }: CircaCallParts,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<CircaAnswer> {
  const where = `Circa ${method} ${path.split("?")[0] ?? path}`;
  let response: Response;
  let text: string;
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
      redirect: "error",
      signal: AbortSignal.timeout(config.requestTimeoutMs),
    });
    text = await response.text();
  } catch (error) {
    const reason =
      error instanceof Error && error.name === "TimeoutError"
        ? `no answer within ${config.requestTimeoutMs / 1000} s`
        : "could not be reached";
    throw new SystemError("circa", "retry", `${where}: ${reason}`, {
      systemWide: true,
      cause: error,
    });
  }
  time.note(response.headers.get("date"));
  const answer = parseJson(text);
  const { status } = response;
  if (isAbsence(status, answer)) return { body: answer, absent: true };
  if (absentStatuses.has(status)) {
    const details = { status, systemWide: true };
    throw new SystemError(
      "circa",
      "retry",
      `${where}: HTTP ${status}, not in Circa's own form`,
      details,
    );
  }
  if (!response.ok) {
    const retryAfterMs = readRetryAfter(response.headers.get("retry-after"), clock.now());
    throw refused(where, status, answer, retryAfterMs);
  }
  if (answer === undefined && status !== 204) {
    const details = { status, systemWide: true };
    throw new SystemError("circa", "retry", `${where}: the answer is not JSON`, details);
  }
  return { body: answer, absent: false };
}

const absentStatuses: ReadonlySet<number> = new Set([404, 405, 410]);
const absentCodes: ReadonlySet<string> = new Set(["not_found", "gone", "method_not_allowed"]);

/** `Errors` of docs/circa-api.openapi.yaml; attributes may be added to it. */
const ownErrorsSchema = z.object({
  errors: z
    .array(z.looseObject({ field: z.string().nullable(), code: z.string(), message: z.string() }))
    .min(1),
});

/**
 * A gateway between us and Circa says 404 too, about nothing in Circa: only Circa's own form counts.
 */
function isAbsence(status: number, body: unknown): boolean {
  if (!absentStatuses.has(status)) return false;
  const parsed = ownErrorsSchema.safeParse(body);
  return parsed.success && parsed.data.errors.every(({ code }) => absentCodes.has(code));
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : parseExactJson(text);
  } catch {
    return undefined;
  }
}

const errorsSchema = z.object({
  errors: z.array(
    z.looseObject({
      field: z.string().nullish(),
      code: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
});

function refused(
  where: string,
  status: number,
  body: unknown,
  retryAfterMs: number | null,
): SystemError {
  const parsed = errorsSchema.safeParse(body);
  const refusals: FieldRefusal[] = parsed.success
    ? parsed.data.errors.map((error) => ({
        code: error.code ?? "refused",
        message: error.message ?? "refused without a message",
        fields: error.field == null ? [] : [error.field],
      }))
    : [];
  const reasons = refusals.map((refusal) => refusal.message).join("; ");
  const kind = kindOf(status);
  return new SystemError(
    "circa",
    kind,
    `${where}: HTTP ${status}${reasons === "" ? "" : ` (${reasons})`}`,
    {
      status,
      refusals,
      systemWide: kind === "limit" || kind === "retry",
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    },
  );
}

function kindOf(status: number): ErrorKind {
  if (status === 429) return "limit";
  if (status === 409 || status === 412) return "conflict";
  if (status === 401 || status === 403) return "configuration";
  if (status >= 500) return "retry";
  return "rejected";
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3), as milliseconds from now. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
