/** Requests that Express and its parsers can't read: the sender's doing, so never a 500. */
import { doorAnswers, type RefusalReason } from "../../model/answers/door.ts";
import type { Refusal } from "./refusals.ts";

const byStatus: readonly RefusalReason[] = ["too_large", "encoding"];

/**
 * The parsers' own texts repeat what was sent: the sender gets the table's.
 * @returns null when it is no fault of the request
 */
export function clientErrorOf(error: unknown): Refusal | null {
  const status: unknown = error instanceof Error && "status" in error ? error.status : undefined;
  if (typeof status !== "number" || status < 400 || status > 499) return null;
  const reason = byStatus.find((it) => doorAnswers[it].status === status) ?? "request";
  return { status, reason };
}
