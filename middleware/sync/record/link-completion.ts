/** How a link's pass ends: done, or retried, after how long and why. */
import { wordsOf } from "../../model/problems/words.ts";
import type { Clock } from "../../runtime/clock.ts";
import { awaySystem, describeError, isSystemWide } from "../../runtime/errors.ts";
import type { Completion } from "../../queue/due-links.ts";
import { delayAfterError, delayAfterProblem } from "../../queue/retry.ts";
import type { Log } from "../../runtime/log.ts";
import { valueRemovedCode } from "../plan/choice-problems.ts";
import { UnconfirmedAbsence } from "../read/confirm-gone.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import type { OwnEchoes } from "../write/own-echoes.ts";

interface CompletionParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly echoes: OwnEchoes;
}

/** A link whose Event was read from a copy that lags is compared again after the lag. */
export function completionOf(parts: CompletionParts, task: WrittenTask): Completion {
  const completion = completionByOutcome(parts, task);
  const { lookAgainMs } = task;
  if (lookAgainMs === null) return completion;
  if (completion.kind === "again") {
    return { ...completion, delayMs: Math.min(completion.delayMs, lookAgainMs) };
  }
  const error = "Circa's answer was older than its webhook";
  return { kind: "again", delayMs: lookAgainMs, error };
}

function completionByOutcome(
  { clock, log, echoes }: CompletionParts,
  task: WrittenTask,
): Completion {
  const { attempts } = task.due;
  if (task.seemsGone) {
    // Should it exist after all, it still names the Campaign, without another notification.
    const absence = new UnconfirmedAbsence(task.eventId);
    const delayMs = delayAfterError(absence, attempts, clock);
    return { kind: "again", delayMs, error: absence.message };
  }
  if (task.error !== undefined) {
    const error = describeError(task.error);
    if (!isSystemWide(task.error)) {
      const about = { event: task.eventId, attempts, error };
      log.warn(about, "a link could not be finished; it is retried");
    }
    const delayMs = delayAfterError(task.error, attempts, clock);
    return { kind: "again", delayMs, error, waitsFor: awaySystem(task.error) };
  }
  if (task.unshown !== undefined) {
    const delayMs = delayAfterError(task.unshown, attempts, clock);
    const error = describeError(task.unshown);
    return { kind: "again", delayMs, error, waitsFor: awaySystem(task.unshown) };
  }
  // A removed value waits for an edit or for the list, and either of them notifies.
  const problem = task.problems.find(({ code }) => code !== valueRemovedCode);
  if (problem !== undefined) {
    return {
      kind: "again",
      delayMs: delayAfterProblem(attempts, clock),
      error: wordsOf(problem).message,
    };
  }
  const { ownStates } = task;
  if (ownStates === null || ownStates.length === 0) return { kind: "done" };
  const { subject } = task.due;
  const toldNothing = (generation: number) => echoes.isEcho(subject, generation, ownStates);
  return { kind: "done", toldNothing };
}
