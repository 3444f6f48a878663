/**
 * Events of a list of Circa that can't be worked on: an id that can't stand in a Campaign, or
 * no time. They hold back no other, and an admin sees which they are.
 */
import type { Clock } from "../../runtime/clock.ts";

export interface PassedOverEvent {
  /** As Circa gives it, cut, and without what a page can't show. */
  readonly id: string;
  readonly fault: string;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

const maxKept = 20;
/** A comparison of everything meets them again each night. */
const keptForMs = 25 * 3_600_000;
const maxIdLength = 64;

export class PassedOver {
  readonly #clock: Clock;
  readonly #events = new Map<string, PassedOverEvent>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(id: string, fault: string): void {
    // What is forgotten first is what was met longest ago.
    this.#events.delete(id);
    const shown = id.slice(0, maxIdLength).replaceAll(/\p{C}/gu, "\ufffd");
    this.#events.set(id, { id: shown, fault, lastAt: this.#clock.now() });
    for (const oldest of this.#events.keys()) {
      if (this.#events.size <= maxKept) break;
      this.#events.delete(oldest);
    }
  }

  /** @returns those met lately, at most 20 */
  list(): readonly PassedOverEvent[] {
    const sinceMs = this.#clock.now() - keptForMs;
    return [...this.#events.values()].filter(({ lastAt }) => lastAt > sinceMs);
  }
}
