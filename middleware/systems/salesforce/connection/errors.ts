/** What Salesforce's REST API and its token endpoint answer, as the family's errors. */
import { ZodError, z } from "zod";
import {
  answeredAt,
  errorOf,
  noAnswer,
  readRetryAfter,
  rowAnswer,
  toAnswer,
  type RawAnswer,
} from "../../../model/answers/read-answer.ts";
import { firstOutcome, type Answer, type Rule } from "../../../model/answers/rule.ts";
import { answerTable } from "../../../model/answers/table.ts";
import {
  ConfigurationError,
  describeError,
  passingKinds,
  SystemError,
  type ErrorKind,
  type FieldRefusal,
} from "../../../runtime/errors.ts";

/** A whole answer that is of no use; nothing of it has been looked up yet. */
export class UnusableAnswer extends Error {
  override readonly name = "UnusableAnswer";
  readonly raw: RawAnswer;
  readonly headers: Readonly<Record<string, string>>;

  constructor(raw: RawAnswer, headers: Readonly<Record<string, string>> = {}) {
    super(`HTTP ${raw.status}`);
    this.raw = raw;
    this.headers = headers;
  }
}

/** No answer came, for this reason. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Which part of the table a call's answers are looked up in. */
export type CallPlace = "salesforceCall" | "signIn";

/** Turns whatever a call threw into the family's error; ours pass through unchanged. */
export function toSystemError(
  action: string,
  error: unknown,
  place: CallPlace = "salesforceCall",
): SystemError {
  if (error instanceof SystemError) return error;
  const where = `Salesforce ${action}`;
  const rules: readonly Rule[] = answerTable[place];
  if (error instanceof UnusableAnswer) {
    const { raw, headers } = error;
    const refusals = place === "signIn" ? oauthRefusals(raw.body) : callRefusals(raw.body);
    const answer = toAnswer(raw, refusals);
    const nowMs = answeredAt(headers["date"], Date.now());
    const retryAfterMs = readRetryAfter(headers["retry-after"], nowMs);
    const details = { refusals, retryAfterMs, ...moved(raw, headers, place) };
    return errorOf("salesforce", where, firstOutcome(rules, answer), answer, details);
  }
  if (error instanceof ConfigurationError) {
    const details = { systemWide: true, cause: error };
    return new SystemError("salesforce", "configuration", `${where}: ${error.message}`, details);
  }
  const answer = error instanceof NoAnswer ? noAnswer : otherShape;
  const reason = error instanceof NoAnswer ? error.message : shapeFault(error);
  return errorOf("salesforce", where, firstOutcome(rules, answer), answer, {
    reason,
    cause: error,
  });
}

/** 200, and nothing that the libraries or our schemas can read. */
const otherShape: Answer = { ...noAnswer, status: 200, form: "other" };

function shapeFault(error: unknown): string {
  if (error instanceof ZodError) return describeError(error);
  return `an answer of another shape (${error instanceof Error ? error.name : "unknown"})`;
}

/** A redirect is never followed: the token would go along. */
function moved(
  { status }: RawAnswer,
  headers: Readonly<Record<string, string>>,
  place: CallPlace,
): { reason?: string } {
  if (status < 300 || status > 399) return {};
  const location = headers["location"] ?? "";
  const to = URL.canParse(location) ? new URL(location).host : "another address";
  const remedy = place === "signIn" ? "; SALESFORCE_LOGIN_URL has to name the right address" : "";
  return { reason: `HTTP ${status}: it sends us on to ${to}${remedy}` };
}

const callErrors = z
  .array(
    z.looseObject({
      errorCode: z.string(),
      message: z.string().catch(""),
      fields: z.array(z.string()).nullish().catch(null),
    }),
  )
  .min(1);

const oauthError = z.looseObject({
  error: z.string().min(1),
  error_description: z.string().catch(""),
});

/** @returns none when the body is not in the REST API's own form of error */
function callRefusals(body: string): FieldRefusal[] {
  const parsed = callErrors.safeParse(asList(parseJson(body)));
  if (!parsed.success) return [];
  return parsed.data.map(({ errorCode, message, fields }) => ({
    code: errorCode,
    message,
    fields: fields ?? [],
  }));
}

function oauthRefusals(body: string): FieldRefusal[] {
  const parsed = oauthError.safeParse(parseJson(body));
  if (!parsed.success) return [];
  return [{ code: parsed.data.error, message: parsed.data.error_description, fields: [] }];
}

/** Most resources answer with a list of errors, a few with a single one. */
function asList(body: unknown): unknown {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? [body] : body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What one refusal of a row lets us do next. */
export function kindOfRefusal(refusal: FieldRefusal): ErrorKind {
  return firstOutcome(answerTable.salesforceRow, rowAnswer([refusal])).kind;
}

/**
 * What a row's refusals lead to, together: a passing refusal is waited for before anyone is
 * asked to correct values.
 */
export function kindOfRow(refusals: readonly FieldRefusal[]): ErrorKind {
  const kinds = refusals.map(kindOfRefusal);
  return (
    kinds.find((kind) => passingKinds.has(kind)) ??
    kinds.find((kind) => kind !== "rejected") ??
    "rejected"
  );
}
