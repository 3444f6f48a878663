/** Links that only wait: the problem that people see when that takes long. */
import { describeError, passingKinds, SystemError } from "../../runtime/errors.ts";
import { UnconfirmedAbsence } from "../read/confirm-gone.ts";
import { linkProblem } from "../plan/link.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import type { Problem } from "../../model/problems/problem.ts";

/** So long a link may wait without a word: most locks last seconds. */
const tellAfterMs = 10 * 60_000;

/**
 * Why a link has been waiting for long; null while it has not, or is not in line for other reasons.
 * A system that is down as a whole is no record's problem: it shows in the status.
 */
export function waitingProblem({ error, due }: WrittenTask, nowMs: number): Problem | null {
  if (!(error instanceof SystemError) || error.systemWide) return null;
  if (nowMs - due.signalledAt < tellAfterMs) return null;
  const reason = describeError(error);
  const since = new Date(due.signalledAt).toISOString();
  if (error instanceof UnconfirmedAbsence) {
    return linkProblem(
      "EVENT_NOT_CONFIRMED_GONE",
      `Since ${since} Circa does not find this Event, and it lists no other one that would show that the integration may see Events at all. The connection is kept.`,
      "If the Event was deleted, disconnect the Campaign. If it is there, have an admin check in Circa which Events the integration's key may see.",
    );
  }
  if (!passingKinds.has(error.kind) && error.kind !== "conflict") {
    return linkProblem(
      "NOT_PERMITTED",
      `This Event can't be brought in line: ${reason}`,
      "Have an admin give the integration the right that the message names; the service tries again by itself.",
    );
  }
  const salesforce = error.system === "salesforce";
  return linkProblem(
    salesforce ? "WAITING_FOR_SALESFORCE" : "WAITING_FOR_CIRCA",
    `Waiting for ${salesforce ? "Salesforce" : "Circa"} since ${since}: ${reason}`,
    "Nothing has to be done: the service tries again by itself.",
  );
}
