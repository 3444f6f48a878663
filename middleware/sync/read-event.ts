/**
 * Reads an Event from Circa and says whether the answer counts. It may come from a copy that lags
 * behind, and then it is older than what a webhook has told; or Circa was restored from a backup,
 * and then what was told is no longer so.
 */
import type { Clock } from "../clock.ts";
import { SystemError } from "../errors.ts";
import type { EventState } from "../jobs/storage/events-seen.ts";
import type { Log } from "../log.ts";
import type { CircaClient } from "../systems/circa/client.ts";
import {
  answersLagMs,
  contradicts,
  isSameState,
  leavesOut,
  orderOf,
  showMark,
  type EventMark,
} from "./event-order.ts";
import type { Freshness } from "./freshness.ts";
import type { KnownState, LinkWork } from "./link-work.ts";
import type { CircaEvent } from "./records.ts";

export interface ReadEventParts {
  readonly circa: Pick<CircaClient, "readEvent">;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is known of the Event was told by Circa just now, or a moment ago by a webhook. */
export function isFresh(freshness: Freshness, { wasRead, newest }: LinkWork): boolean {
  return wasRead || (newest !== null && freshness.isFresh(newest.receivedAt));
}

/** Reads the Event anew; afterwards `work.event` is as Circa has it, or null when it is gone. */
export async function readEventOf(parts: ReadEventParts, work: LinkWork): Promise<void> {
  try {
    const state = await ask(parts, work);
    const { newest } = work;
    if (state === null) {
      work.event = null;
      work.wasRead = true;
    } else if (newest === null || !isBehind(state.answer.event, work)) takeAnswer(work, state);
    else await judgeAnswerBehind(parts, work, newest, state);
  } catch (error) {
    work.error = error;
  }
}

async function ask({ circa, clock }: ReadEventParts, work: LinkWork): Promise<EventState | null> {
  const receivedAt = clock.now();
  const answer = await circa.readEvent(work.eventId);
  return answer === null ? null : { answer, receivedAt, source: "read" };
}

/**
 * Older than what is known, or another state of the same version or second. A deletion counts as
 * no version everywhere: an Event that is still there as it was then may come from a copy that lags.
 */
function isBehind(event: CircaEvent, { newest, deletionTold }: LinkWork): boolean {
  if (newest === null) return false;
  const order = orderOf(event, newest.mark);
  if (order === "newer" || order === "older") return order === "older";
  if (newest.event === null) return deletionTold;
  return !isSameState(event, newest.event);
}

function takeAnswer(work: LinkWork, state: EventState): void {
  const { event } = state.answer;
  const known = work.newest?.event ?? null;
  const isPart = known !== null && orderOf(event, known) === "same" && leavesOut(event, known);
  work.event = isPart ? known : event;
  work.answers.push(state);
  work.newest = { mark: event, receivedAt: state.receivedAt ?? 0, event, doubted: false };
  work.wasRead = true;
}

async function judgeAnswerBehind(
  parts: ReadEventParts,
  work: LinkWork,
  newest: KnownState,
  first: EventState,
): Promise<void> {
  const ageMs = Math.abs(parts.clock.now() - newest.receivedAt);
  if (ageMs < answersLagMs) {
    // Kept as a doubt: the Event is read before it is used the next time.
    if (!work.deletionTold) work.answers.push(first);
    work.lookAgainMs = answersLagMs - ageMs;
    const { event: answered } = first.answer;
    // A copy that lags has no later time: Circa was restored, and what was told is of before.
    const lags = orderOf(answered, newest.mark) === "older" && !contradicts(answered, newest.mark);
    const usable = lags && !newest.doubted;
    if (!usable || work.event === null) work.error = contradiction(work, work.lookAgainMs);
    return;
  }
  const second = await ask(parts, work);
  if (second !== null && !isBehind(second.answer.event, work)) {
    takeAnswer(work, second);
    return;
  }
  if (second === null || !isSameState(first.answer.event, second.answer.event)) {
    work.error = contradiction(work, 0);
    return;
  }
  const order = orderOf(second.answer.event, newest.mark);
  if (order === "older") tellStepBack(parts, work, newest.mark, second.answer.event);
  work.newest = null;
  takeAnswer(work, { ...second, stepsBackFrom: newest.mark });
}

function contradiction({ eventId }: LinkWork, retryAfterMs: number): SystemError {
  const text = `Circa GET /events/${eventId}: the answer is older than what was known of the Event; it is read again`;
  return new SystemError("circa", "conflict", text, { retryAfterMs });
}

function tellStepBack({ log }: ReadEventParts, work: LinkWork, from: EventMark, to: EventMark) {
  log.warn(
    { event: work.eventId, from: showMark(from), to: showMark(to) },
    "the Event is older in Circa than it was, as after a restore; it is taken as it is there",
  );
}
