/** Requests that Express and its parsers can't read: the sender's doing, so never a 500. */
import type { Refusal, RefusalReason } from "./refusals.ts";

/** By status; the parsers' own texts repeat what was sent. */
const known: Readonly<Record<number, readonly [RefusalReason, string]>> = {
  413: ["too_large", "The request is too large."],
  415: ["encoding", "The request's Content-Encoding or charset is not supported."],
};

/** @returns null when it is no fault of the request */
export function clientErrorOf(error: unknown): (Refusal & { readonly error: string }) | null {
  const status: unknown = error instanceof Error && "status" in error ? error.status : undefined;
  if (typeof status !== "number" || status < 400 || status > 499) return null;
  const [reason, text] = known[status] ?? ["request", "The request can't be read."];
  return { status, reason, error: text };
}
