/**
 * Circa announces our own writes like all others. Such a webhook often comes before the pass that
 * wrote has ended, and marks the link due again; a pass for it would find both sides as they were
 * just made. Only what came to this process is known: the others are looked at as ever.
 */
import { LastUsed } from "../../runtime/last-used.ts";
import type { Subject } from "../../queue/due-links.ts";
import { isSameState, orderOf } from "../../model/event-order.ts";
import type { CircaEvent } from "../../model/records.ts";

/** As many as can be under way at once, or nearly so. */
const maxLinks = 500;
const maxSignals = 10;

export class OwnEchoes {
  readonly #told = new LastUsed<Subject, Map<number, readonly CircaEvent[]>>(maxLinks);

  /**
   * A stored notification brings these states, and nothing else.
   * @param generation what the notification made of its row
   */
  note(subject: Subject, generation: number, states: readonly CircaEvent[]): void {
    const signals = this.#told.get(subject) ?? new Map<number, readonly CircaEvent[]>();
    if (signals.size >= maxSignals) signals.clear();
    this.#told.keep(subject, signals.set(generation, states));
  }

  /**
   * Whether the notification holds only states that Circa has answered to a pass's own writes. Rows
   * count from 1 again, so a notification may be an earlier row's: no version comes before it is
   * written, and where there are no versions nothing counts as an echo.
   */
  isEcho(subject: Subject, generation: number, written: readonly CircaEvent[]): boolean {
    const states = this.#told.get(subject)?.get(generation);
    return states?.every((state) => written.some((own) => isOf(state, own))) === true;
  }
}

function isOf(state: CircaEvent, own: CircaEvent): boolean {
  return state.version !== null && orderOf(state, own) === "same" && isSameState(state, own);
}

/**
 * Whether Circa has changed nothing beside what was written: a rule of its own may have.
 * @param keys the fields written
 */
export function isOnlyWritten(
  before: CircaEvent,
  after: CircaEvent,
  keys: ReadonlySet<string>,
): boolean {
  const others = new Set([...Object.keys(before.values), ...Object.keys(after.values)]);
  return (
    before.campaignId === after.campaignId &&
    before.timeZone === after.timeZone &&
    [...others].every(
      (key) =>
        keys.has(key) || JSON.stringify(before.values[key]) === JSON.stringify(after.values[key]),
    )
  );
}
