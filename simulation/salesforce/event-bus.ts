/** The platform events: one sequence of replay ids with gaps, kept until purged. */
import type { Random } from "../engine/random.ts";

export interface BusEvent {
  readonly replayId: number;
  readonly eventUuid: string;
  readonly payload: Readonly<Record<string, string | null>>;
}

export type Replayed =
  | { readonly ok: true; readonly events: readonly BusEvent[] }
  | { readonly ok: false };

const firstId = 1_000_000_000;
/** More than there are events in any history. */
const idsApart = 1_000_000;

export class EventBus {
  events: BusEvent[] = [];
  #last = firstId;
  #purgedThrough = firstId;
  #uuids = 0;
  #restarts = 0;
  readonly #random: Random;
  readonly listeners = new Set<(event: BusEvent) => void>();

  constructor(random: Random) {
    this.#random = random;
  }

  get newest(): number {
    return this.#last;
  }

  publish(payload: BusEvent["payload"]): BusEvent {
    this.#uuids += 1;
    return this.#add({ eventUuid: `uuid-${this.#uuids}`, payload });
  }

  /** The same event once more, as publishing at least once may: same UUID, new replay id. */
  repeat(event: BusEvent): BusEvent {
    return this.#add(event);
  }

  /** -1: nothing kept; -2: all that is kept; otherwise what came after that id. */
  replay(after: number): Replayed {
    if (after === -1) return { ok: true, events: [] };
    if (after !== -2 && (after < this.#purgedThrough || after > this.#last)) return { ok: false };
    return { ok: true, events: this.events.filter((event) => event.replayId > after) };
  }

  /** Forgets the oldest, as the end of their retention does. */
  purge(keep: number): void {
    const gone = this.events.slice(0, Math.max(0, this.events.length - keep));
    this.events = this.events.slice(gone.length);
    this.#purgedThrough = gone.at(-1)?.replayId ?? this.#purgedThrough;
  }

  /**
   * Ids begin anew, as an org's migration may make them, above or below all others: those from
   * before mean nothing. One that came to mean another event could not be detected.
   */
  restartIds(): void {
    this.events = [];
    this.#restarts += 1;
    const away = this.#restarts * idsApart * (this.#random.chance(0.5) ? 1 : -1);
    this.#last = firstId + away;
    this.#purgedThrough = this.#last;
  }

  #add(event: Omit<BusEvent, "replayId">): BusEvent {
    this.#last += this.#random.between(1, 3);
    const stored: BusEvent = {
      replayId: this.#last,
      eventUuid: event.eventUuid,
      payload: event.payload,
    };
    this.events.push(stored);
    for (const listener of this.listeners) listener(stored);
    return stored;
  }
}
