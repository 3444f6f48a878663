/** What becomes of the kept state of an Event when another one arrives. Pure. */
import { LastUsed } from "../../runtime/last-used.ts";
import {
  contradicts,
  isPartOf,
  isSameState,
  leavesOut,
  orderOf,
  type EventMark,
} from "../../model/event-order.ts";
import type { CircaEvent } from "../../model/records.ts";
import type { EventAnswer } from "../../systems/circa/client.ts";
import { eventSchema, joinBodies } from "../../systems/circa/schemas.ts";
import { readJson } from "../database/json-column.ts";

/** A state of an Event, as some answer or webhook shows it. */
export interface EventState {
  readonly answer: EventAnswer;
  /** When it came, or was asked for, in milliseconds since the epoch. @default not known: old */
  readonly receivedAt?: number;
  /** `write`: the answer to a write of ours. @default `read` */
  readonly source?: "webhook" | "list" | "read" | "write";
  /** @default false */
  readonly deleted?: boolean;
  /** Tells of something that need not count as a new version: then the Event is read anew. */
  readonly doubtful?: boolean;
  /** The kept state that it replaces though that is later: two reads sent after it agree. */
  readonly stepsBackFrom?: EventMark;
}

/** The body of an Event of which only the version is known. */
export const forgotten = "";

export interface KeptState {
  /** 0 where the API has none. */
  version: number;
  updated_at: number;
  deleted: number;
  body: string;
  received_at: number;
  doubted: number;
}

interface Verdict {
  /** What is kept from now on; null: what was. */
  readonly row: KeptState | null;
  /** Its link has to be looked at. */
  readonly news: boolean;
}

const nothing: Verdict = { row: null, news: false };

/** @param before missing when the Event was never seen */
export function judge(state: EventState, before: KeptState | undefined): Verdict {
  const { answer, source = "read", deleted = false, receivedAt = 0 } = state;
  const { event } = answer;
  const row: KeptState = {
    version: event.version ?? 0,
    updated_at: event.updatedAt,
    deleted: deleted ? 1 : 0,
    body: JSON.stringify(answer.body),
    received_at: receivedAt,
    doubted: 0,
  };
  if (before === undefined) return { row, news: true };
  const mark = markOf(before);
  if (state.stepsBackFrom !== undefined && isMark(mark, state.stepsBackFrom)) {
    return { row, news: true };
  }
  const order = orderOf(event, mark);
  if (order === "newer") return { row: isPart(state, before) ? forget(row) : row, news: true };
  if (deleted) return before.deleted === 1 ? nothing : { row, news: true };
  const outOfOrder = isOutOfOrder(state, before);
  if (before.deleted === 1) {
    // It is there again, or was never gone: Circa is asked.
    return outOfOrder ? { row: forget({ ...before, deleted: 0 }), news: true } : nothing;
  }
  if (order === "older") {
    if (outOfOrder) return { row: { ...before, doubted: 1 }, news: source !== "read" };
    return state.doubtful === true ? { row: forget(before), news: false } : nothing;
  }
  const known = readBody(before.body);
  if (known === null) {
    // A webhook was on its way for who knows how long: the Event may be gone since.
    return { row: source === "webhook" ? null : row, news: true };
  }
  const same = isSameState(event, known);
  if (state.doubtful === true && (same || order === "same")) {
    return { row: forget(before), news: false };
  }
  if (!same) return judgeSameSecond(state, before, row);
  return { row: confirmed(state, before, row, known), news: false };
}

/** Circa's times are whole seconds: without versions it is not known which of the two is later. */
function judgeSameSecond(state: EventState, before: KeptState, row: KeptState): Verdict {
  const { source = "read" } = state;
  if (source === "write") return { row, news: true };
  if (source !== "webhook") return { row: { ...before, doubted: 1 }, news: true };
  return { row: isPart(state, before) ? forget(row) : { ...row, doubted: 1 }, news: true };
}

/** What was kept is still so: asked for by itself, it is as fresh as the question. */
function confirmed(
  { answer: { event, body: told }, source = "read" }: EventState,
  before: KeptState,
  row: KeptState,
  known: CircaEvent,
): KeptState | null {
  const tellsMore = leavesOut(known, event);
  let { body } = row;
  if (leavesOut(event, known)) {
    // Neither need be whole, such as a part in a webhook and then a read without a deleted field.
    body = tellsMore ? JSON.stringify(joinBodies(JSON.parse(before.body), told)) : before.body;
  }
  if (source === "read" || source === "write") {
    return { ...row, body, received_at: Math.max(row.received_at, before.received_at) };
  }
  return tellsMore ? { ...row, body } : null;
}

/** Later than what is kept, by its own time or since it was asked for later, and still behind it. */
function isOutOfOrder(
  { answer: { event }, source = "read", receivedAt = 0 }: EventState,
  before: KeptState,
): boolean {
  if (contradicts(event, markOf(before)) || isOfTheFuture(event, before)) return true;
  // A webhook may be as late as it likes.
  if (source === "webhook") return false;
  const earlierMs = before.received_at - receivedAt;
  return earlierMs < 0 || earlierMs > answersTakeMs;
}

/** No answer is on its way for longer: what seems asked for before that was timed by two clocks. */
const answersTakeMs = 120_000;

/** Circa's clock and ours differ by less. */
const clocksDifferMs = 10 * 60_000;

/** Without versions a time that had not been reached when it came (an import) would hide all edits. */
function isOfTheFuture({ version }: CircaEvent, before: KeptState): boolean {
  if (version !== null && before.version !== 0) return false;
  return before.received_at > 0 && before.updated_at > before.received_at + clocksDifferMs;
}

/**
 * It lacks fields of before. Circa is asked for the whole; a field that a read lacks is
 * Circa's last word. Mapped fields that are left out are the plan's matter.
 */
function isPart({ answer: { event }, source = "read" }: EventState, before: KeptState): boolean {
  if (source === "read" || before.deleted === 1) return false;
  const known = readBody(before.body);
  // Of what the Event held before nothing is known by now: this may be a part of it as well.
  return known === null || isPartOf(event, known);
}

const forget = (state: KeptState): KeptState => ({ ...state, body: forgotten });

export function markOf(row: Pick<KeptState, "version" | "updated_at">): EventMark {
  return { version: row.version === 0 ? null : row.version, updatedAt: row.updated_at };
}

function isMark(one: EventMark, other: EventMark): boolean {
  return one.version === other.version && one.updatedAt === other.updatedAt;
}

/** Events of the bodies kept or read last: a pass reads each of its own several times. */
const events = new LastUsed<string, CircaEvent>(300);

/** The Event of a kept body; null when there is none, or none that can be read. */
export function readBody(body: string): CircaEvent | null {
  if (body === forgotten) return null;
  const known = events.get(body);
  if (known !== undefined) return known;
  const event = readJson(body, eventSchema);
  if (event !== null) events.keep(body, event);
  return event;
}
