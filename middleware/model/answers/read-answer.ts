/** Makes of an HTTP answer what the table's rules look at, and of a rule's outcome an error. */
import { SystemError, type FieldRefusal, type SystemName } from "../../runtime/errors.ts";
import type { Answer, AnswerForm, Reaction } from "./rule.ts";
import { reasonOf } from "./words.ts";

export const noAnswer: Answer = { status: null, form: "empty", codes: [], text: "", fields: [] };

/** An HTTP answer before it is known whether it is in the system's own form. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

/** @param refusals what the body says in the system's own form of error; empty when it is not in it */
export function toAnswer(raw: RawAnswer, refusals: readonly FieldRefusal[]): Answer {
  if (refusals.length === 0) {
    return { ...noAnswer, status: raw.status, form: formOf(raw), text: raw.body.slice(0, 1_000) };
  }
  return { ...rowAnswer(refusals), status: raw.status };
}

/** What is refused of one row, or of a call, in the system's own form. */
export function rowAnswer(refusals: readonly FieldRefusal[]): Answer {
  return {
    status: null,
    form: "own",
    codes: [...new Set(refusals.map(({ code }) => code))],
    text: [...new Set(refusals.map(({ message }) => message))].join("; "),
    fields: refusals.flatMap(({ fields }) => fields),
  };
}

function formOf({ contentType, body }: RawAnswer): AnswerForm {
  if (body.trim() === "") return "empty";
  const isPage = /^\s*(?:<!doctype html|<html|<head|<body)/i.test(body.slice(0, 500));
  return isPage || contentType?.includes("text/html") === true ? "page" : "other";
}

/** @param where what was asked for, e.g. `Circa GET /events` */
export function errorOf(
  system: SystemName,
  where: string,
  { kind, reach, signInAnew }: Reaction,
  answer: Answer,
  details: {
    readonly refusals?: readonly FieldRefusal[];
    readonly retryAfterMs?: number | null;
    /** @default as the answer itself says */
    readonly reason?: string;
    readonly cause?: unknown;
  } = {},
): SystemError {
  const { refusals = [], retryAfterMs = null, reason = reasonOf(answer), cause } = details;
  return new SystemError(system, kind, `${where}: ${reason}`, {
    refusals,
    systemWide: reach === "system",
    counted: reach !== "call",
    signInAnew: signInAnew === true,
    ...(answer.status === null ? {} : { status: answer.status }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3), as milliseconds from now. What
 * can't be read counts as not said; how long a pause may be is the error's own matter.
 * @param nowMs by the sender's clock, where the answer has its `Date`
 */
export function readRetryAfter(header: string | null | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (text === "") return null;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return Math.max(0, Number(text) * 1000);
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** The moment of an answer by its own clock; ours may be off. */
export function answeredAt(date: string | null | undefined, nowMs: number): number {
  const at = Date.parse(date ?? "");
  return Number.isNaN(at) ? nowMs : at;
}
