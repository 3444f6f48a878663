/** Links that only wait: the problem that people see when that takes long. */
import { describeError, passingKinds, SystemError } from "../../runtime/errors.ts";
import { UnconfirmedAbsence } from "../read/confirm-gone.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import { linkProblem, type Problem } from "../../model/problems/problem.ts";

/** So long a link may wait without a word: most locks last seconds. */
const tellAfterMs = 10 * 60_000;

/**
 * Why a link has been waiting for long; null while it has not, or is not in line for other reasons.
 * A system that is down as a whole is no record's problem: it shows in the status.
 */
export function waitingProblem({ error, due }: WrittenTask, nowMs: number): Problem | null {
  if (!(error instanceof SystemError) || error.systemWide) return null;
  if (nowMs - due.signalledAt < tellAfterMs) return null;
  const said = describeError(error);
  const since = new Date(due.signalledAt).toISOString();
  if (error instanceof UnconfirmedAbsence)
    return linkProblem("EVENT_NOT_CONFIRMED_GONE", { since });
  if (!passingKinds.has(error.kind) && error.kind !== "conflict") {
    return linkProblem("NOT_PERMITTED", { said });
  }
  const code = error.system === "salesforce" ? "WAITING_FOR_SALESFORCE" : "WAITING_FOR_CIRCA";
  return linkProblem(code, { since, said });
}
