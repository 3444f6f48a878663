/** How a link's pass ends: done, or retried, after how long and why. */
import type { Clock } from "../../runtime/clock.ts";
import { awaySystem, describeError, isSystemWide } from "../../runtime/errors.ts";
import type { Completion } from "../../queue/due-links.ts";
import { delayAfterError, delayAfterProblem } from "../../queue/retry.ts";
import type { Log } from "../../runtime/log.ts";
import { valueRemovedCode } from "../plan/choice-problems.ts";
import { UnconfirmedAbsence } from "../read/confirm-gone.ts";
import type { LinkTask } from "../plan/link-task.ts";
import type { OwnEchoes } from "../write/own-echoes.ts";

interface CompletionParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly echoes: OwnEchoes;
}

/** A link whose Event was read from a copy that lags is compared again after the lag. */
export function completionOf(parts: CompletionParts, work: LinkTask): Completion {
  const completion = completionByOutcome(parts, work);
  const { lookAgainMs } = work;
  if (lookAgainMs === null) return completion;
  if (completion.kind === "again") {
    return { ...completion, delayMs: Math.min(completion.delayMs, lookAgainMs) };
  }
  const error = "Circa's answer was older than its webhook";
  return { kind: "again", delayMs: lookAgainMs, error };
}

function completionByOutcome({ clock, log, echoes }: CompletionParts, work: LinkTask): Completion {
  const { attempts } = work.due;
  if (work.seemsGone) {
    // Should it exist after all, it still names the Campaign, without another notification.
    const absence = new UnconfirmedAbsence(work.eventId);
    const delayMs = delayAfterError(absence, attempts, clock);
    return { kind: "again", delayMs, error: absence.message };
  }
  if (work.error !== undefined) {
    const error = describeError(work.error);
    if (!isSystemWide(work.error)) {
      const about = { event: work.eventId, attempts, error };
      log.warn(about, "a link could not be finished; it is retried");
    }
    const delayMs = delayAfterError(work.error, attempts, clock);
    return { kind: "again", delayMs, error, waitsFor: awaySystem(work.error) };
  }
  if (work.unshown !== undefined) {
    const delayMs = delayAfterError(work.unshown, attempts, clock);
    const error = describeError(work.unshown);
    return { kind: "again", delayMs, error, waitsFor: awaySystem(work.unshown) };
  }
  // A removed value waits for an edit or for the list, and either of them notifies.
  const problem = work.problems.find(({ code }) => code !== valueRemovedCode);
  if (problem !== undefined) {
    return { kind: "again", delayMs: delayAfterProblem(attempts, clock), error: problem.message };
  }
  const { ownStates } = work;
  if (ownStates === null || ownStates.length === 0) return { kind: "done" };
  const { subject } = work.due;
  const toldNothing = (generation: number) => echoes.isEcho(subject, generation, ownStates);
  return { kind: "done", toldNothing };
}
