/**
 * Which of two states of one Event is the later one. It is decided here and nowhere else, for
 * states from webhooks, lists, reads and answers to writes alike. Pure.
 */
import type { CircaEvent } from "./records.ts";

/** What tells a state's place: Circa's counter, where the API has one, and its time. */
export type EventMark = Pick<CircaEvent, "version" | "updatedAt">;

/**
 * `undecided`: of the same second, without versions that would tell; or of the same version at
 * another time, as a restored Circa counts once more what it had counted before.
 */
export type EventOrder = "newer" | "older" | "same" | "undecided";

/** How long an answer may come from a copy of Circa's database that lags behind. */
export const answersLagMs = 15_000;

/** Of `state` beside `known`. */
export function orderOf(state: EventMark, known: EventMark): EventOrder {
  if (state.version !== null && known.version !== null) {
    if (state.version === known.version) {
      return state.updatedAt === known.updatedAt ? "same" : "undecided";
    }
    return state.version > known.version ? "newer" : "older";
  }
  if (state.updatedAt === known.updatedAt) return "undecided";
  return state.updatedAt > known.updatedAt ? "newer" : "older";
}

/** Its version is lower and its time is later: what a Circa restored from a backup tells. */
export function contradicts(state: EventMark, known: EventMark): boolean {
  return orderOf(state, known) === "older" && state.updatedAt > known.updatedAt;
}

/** As people read it: the version, or the time where the API has none. */
export function showMark({ version, updatedAt }: EventMark): string {
  return version === null ? new Date(updatedAt).toISOString() : String(version);
}

/**
 * Nothing in one contradicts the other: of a version that counts once whatever both tell is the
 * same. A restored Circa may count a version twice within one second.
 */
export function isSameState(one: CircaEvent, other: CircaEvent): boolean {
  const order = orderOf(one, other);
  if (order === "undecided") return sameContent(one, other);
  return order === "same" && agree(one, other);
}

function agree(one: CircaEvent, other: CircaEvent): boolean {
  const told = one.campaignId !== undefined && other.campaignId !== undefined;
  if (told && one.campaignId !== other.campaignId) return false;
  const both = Object.keys(one.values).filter((key) => key in other.values);
  return both.every((key) => sameValue(one.values[key], other.values[key]));
}

/** Both say the same of everything that the sync compares. */
function sameContent(one: CircaEvent, other: CircaEvent): boolean {
  const keys = new Set([...Object.keys(one.values), ...Object.keys(other.values)]);
  return (
    one.campaignId === other.campaignId &&
    one.timeZone === other.timeZone &&
    [...keys].every((key) => sameValue(one.values[key], other.values[key]))
  );
}

const sameValue = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What the sync compares beside the mapped fields, for which the plan itself looks. */
const basics = ["name", "status", "time_zone"];

/** `state` lacks something that `known` has and every link needs: it is a part of the Event. */
export function isPartOf(state: CircaEvent, known: CircaEvent): boolean {
  if (state.campaignId === undefined && known.campaignId !== undefined) return true;
  return basics.some((key) => key in known.values && !(key in state.values));
}

/** `state` lacks something that `known` has. */
export function leavesOut(state: CircaEvent, known: CircaEvent): boolean {
  if (state.campaignId === undefined && known.campaignId !== undefined) return true;
  return Object.keys(known.values).some((key) => !(key in state.values));
}

/** Two states of one version together, neither of which need be whole. */
export function together(known: CircaEvent, state: CircaEvent): CircaEvent {
  if (!leavesOut(state, known)) return state;
  const told = <Kept>(key: string, now: Kept, before: Kept) => (key in state.values ? now : before);
  return {
    ...state,
    name: told("name", state.name, known.name),
    timeZone: told("time_zone", state.timeZone, known.timeZone),
    campaignId: state.campaignId === undefined ? known.campaignId : state.campaignId,
    values: { ...known.values, ...state.values },
  };
}
