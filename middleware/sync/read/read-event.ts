/**
 * Reads an Event from Circa and says whether the answer counts. It may come from a copy that lags
 * behind, and then it is older than a webhook; or Circa was restored from a backup,
 * and then the webhook is no longer true.
 */
import type { EventState } from "../../store/intake/judge-event-state.ts";
import type { Clock } from "../../runtime/clock.ts";
import { SystemError } from "../../runtime/errors.ts";
import type { LastUsed } from "../../runtime/last-used.ts";
import type { Log } from "../../runtime/log.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import {
  answersLagMs,
  contradicts,
  isSameState,
  orderOf,
  showMark,
  together,
  type EventMark,
} from "../../model/event-order.ts";
import type { Freshness } from "./freshness.ts";
import type { KnownState, ReadTask } from "../plan/link-task.ts";
import type { CircaEvent } from "../../model/records.ts";

export interface ReadEventParts {
  readonly circa: Pick<CircaClient, "readEvent">;
  readonly clock: Clock;
  readonly log: Log;
  readonly answersBehind: AnswersBehind;
}

/** By Event: an answer that was behind what is known, and when it was first given to this process. */
export type AnswersBehind = LastUsed<string, AnswerBehind>;

interface AnswerBehind {
  readonly event: CircaEvent;
  readonly behind: EventMark;
  /** In `clock.elapsedMs()`. */
  readonly firstAtMs: number;
}

/** The known state of the Event came from Circa just now, or a moment ago by a webhook. */
export function isFresh(freshness: Freshness, { wasRead, newest }: ReadTask): boolean {
  return wasRead || (newest !== null && freshness.isFresh(newest.receivedAt));
}

/** Reads the Event anew; afterwards `event` is as Circa has it, or null when it is gone. */
export async function readEventOf<Task extends ReadTask>(
  parts: ReadEventParts,
  task: Task,
): Promise<Task> {
  try {
    const state = await ask(parts, task);
    const { newest } = task;
    if (state === null) return { ...task, event: null, wasRead: true };
    if (newest === null || !isBehind(state.answer.event, task)) {
      return { ...task, ...takeAnswer(task, newest, state) };
    }
    return { ...task, ...judgeAnswerBehind(parts, task, newest, state) };
  } catch (error) {
    return { ...task, error };
  }
}

async function ask({ circa, clock }: ReadEventParts, task: ReadTask): Promise<EventState | null> {
  const receivedAt = clock.now();
  const answer = await circa.readEvent(task.eventId);
  return answer === null ? null : { answer, receivedAt, source: "read" };
}

/**
 * Older than what is known, or another state of the same version or second. A deletion counts as
 * no version everywhere: an Event that is still there as it was then may come from a copy that lags.
 */
function isBehind(event: CircaEvent, { newest, deletionTold }: ReadTask): boolean {
  if (newest === null) return false;
  const order = orderOf(event, newest.mark);
  if (order === "newer" || order === "older") return order === "older";
  if (newest.event === null) return deletionTold;
  return !isSameState(event, newest.event);
}

function takeAnswer(
  { answers }: ReadTask,
  newest: KnownState | null,
  state: EventState,
): Partial<ReadTask> {
  const { event } = state.answer;
  const known = newest?.event ?? null;
  const isSame = known !== null && orderOf(event, known) === "same";
  return {
    event: isSame ? together(known, event) : event,
    answers: [...answers, state],
    newest: { mark: event, receivedAt: state.receivedAt ?? 0, event, doubted: false },
    wasRead: true,
  };
}

/** It is taken once Circa has answered so for longer than a copy lags behind. */
function judgeAnswerBehind(
  parts: ReadEventParts,
  task: ReadTask,
  newest: KnownState,
  state: EventState,
): Partial<ReadTask> {
  const { event: answered } = state.answer;
  const ageMs = Math.abs(parts.clock.now() - newest.receivedAt);
  const waitMs = answersLagMs - Math.min(ageMs, givenForMs(parts, answered, newest.mark));
  if (waitMs > 0) {
    // A copy that lags has no later time: Circa was restored, and the webhook is older than that.
    const lags = orderOf(answered, newest.mark) === "older" && !contradicts(answered, newest.mark);
    const usable = lags && !newest.doubted && ageMs < answersLagMs;
    return {
      // Kept as a doubt: the Event is read before it is used the next time.
      ...(task.deletionTold ? {} : { answers: [...task.answers, state] }),
      lookAgainMs: waitMs,
      ...(usable && task.event !== null ? {} : { error: contradiction(task, waitMs) }),
    };
  }
  if (orderOf(answered, newest.mark) === "older") {
    tellStepBack(parts, task, newest.mark, answered);
  }
  parts.answersBehind.forget(task.eventId);
  return takeAnswer(task, null, { ...state, stepsBackFrom: newest.mark });
}

/**
 * For how long Circa has answered so, by the clock of this process alone: when what is known came
 * may have been noted by another one, whose clock differs.
 */
function givenForMs(
  { clock, answersBehind }: ReadEventParts,
  event: CircaEvent,
  behind: EventMark,
): number {
  const nowMs = clock.elapsedMs();
  const before = answersBehind.get(event.id);
  const isSame =
    before !== undefined &&
    before.behind.version === behind.version &&
    before.behind.updatedAt === behind.updatedAt &&
    isSameState(before.event, event);
  if (isSame) return nowMs - before.firstAtMs;
  answersBehind.keep(event.id, { event, behind, firstAtMs: nowMs });
  return 0;
}

function contradiction({ eventId }: ReadTask, retryAfterMs: number): SystemError {
  const text = `Circa GET /events/${eventId}: the answer is older than what was known of the Event; it is read again`;
  return new SystemError("circa", "conflict", text, { retryAfterMs });
}

function tellStepBack({ log }: ReadEventParts, task: ReadTask, from: EventMark, to: EventMark) {
  log.warn(
    { event: task.eventId, from: showMark(from), to: showMark(to) },
    "the Event is older in Circa than before, as after a restore; its older state is taken",
  );
}
