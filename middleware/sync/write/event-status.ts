/** The sync's state as the Event in Circa shows it, so that the person who edits sees it there. */
import { describeError, passingKinds, SystemError } from "../../runtime/errors.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { LastUsed } from "../../runtime/last-used.ts";
import type { Log } from "../../runtime/log.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { CircaClient, CrmSyncStatus } from "../../systems/circa/client.ts";
import { wordsOf } from "../../model/problems/words.ts";
import { describeHeldBlank } from "../plan/held-blanks.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import { waitingProblem } from "./waiting.ts";

/** The time of the last sync alone is shown again after so long at the earliest. */
const timeAgainMs = 60_000;

export interface EventStatusParts {
  readonly circa: CircaClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
  /** When each Event's state was last shown by this process. */
  readonly statusTimes: LastUsed<string, number>;
}

/**
 * Shows it where it has changed; where something was written, its time, but not each time again
 * while a person edits. A failure never fails the link; one that
 * passes has it tried again.
 */
export async function showEventStatus(
  { circa, clock, log, onFailpoint, statusTimes }: EventStatusParts,
  task: WrittenTask,
): Promise<WrittenTask> {
  const { eventId } = task;
  if (task.event === null) return task;
  const connected = task.link.campaign !== null;
  if (!connected && task.problems.length === 0 && task.shown === "") return task;
  const state = stateOf(task);
  const waiting = waitingProblem(task, clock.now());
  const told = waiting === null ? task.problems : [...task.problems, waiting];
  const problems = [
    ...told.map((problem) => ({ field: problem.fieldKey, ...wordsOf(problem) })),
    ...task.plan.heldBlanks.map((held) => ({
      field: held.mapping.circa.key,
      ...describeHeldBlank(held),
    })),
  ];
  const shown = JSON.stringify([state, problems]);
  const nowMs = clock.now();
  if (shown === task.shown) {
    const age = Math.abs(nowMs - (statusTimes.get(eventId) ?? Number.NEGATIVE_INFINITY));
    if (task.written.length === 0 || age < timeAgainMs) return task;
  }
  const syncedAt = state === "pending" ? null : nowMs;
  try {
    onFailpoint("event_status_sending");
    const answer = await circa.putSyncStatus(eventId, { state, problems, syncedAt });
    onFailpoint("event_status_answered");
    if (answer === "gone") {
      // No notification came. The next pass reads it, and disconnects its Campaign.
      const unshown = new SystemError("circa", "not_found", "the Event is gone");
      return { ...task, event: null, unshown };
    }
    statusTimes.keep(eventId, nowMs);
    return { ...task, shown };
  } catch (error) {
    log.warn({ event: eventId, error: describeError(error) }, "the sync state is not shown");
    const passes = error instanceof SystemError && passingKinds.has(error.kind);
    return passes ? { ...task, unshown: error } : task;
  }
}

function stateOf({ error, problems }: WrittenTask): CrmSyncStatus["state"] {
  if (error !== undefined) return "pending";
  return problems.length > 0 ? "attention" : "in_sync";
}
