/** What is said over and over is said once in a while, with how often it came meanwhile. */
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** Keys beyond these are forgotten, the oldest first: a text may hold something new each time. */
const maxKeys = 1_000;

export class Repeats {
  readonly #clock: Pick<Clock, "now">;
  readonly #everyMs: number;
  readonly #said = new Map<string, { at: number; held: number }>();

  constructor(clock: Pick<Clock, "now">, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** @returns how often it was held back since it was said last; null: hold it back this time */
  say(key: string): number | null {
    const nowMs = this.#clock.now();
    const before = this.#said.get(key);
    // A clock that was set back must not silence anything.
    if (before !== undefined && Math.abs(nowMs - before.at) < this.#everyMs) {
      before.held += 1;
      return null;
    }
    this.#said.delete(key);
    this.#said.set(key, { at: nowMs, held: 0 });
    if (this.#said.size > maxKeys) {
      for (const oldest of this.#said.keys()) {
        this.#said.delete(oldest);
        break;
      }
    }
    return before?.held ?? 0;
  }
}

const warningEveryMs = 10 * 60_000;

/**
 * The same log, in which a warning or an error with the same sentence, the same error and the same
 * subject stands once in ten minutes; `repeated` says how often it was left out since.
 */
export function withoutRepeats(log: Log, clock: Pick<Clock, "now">): Log {
  const repeats = new Repeats(clock, warningEveryMs);
  const wrap = (inner: Log): Log => {
    const limited = (level: "warn" | "error") => (fields: object, message: string) => {
      const repeated = repeats.say(`${level} ${message} ${JSON.stringify(subjectOf(fields))}`);
      if (repeated === null) return;
      inner[level](repeated === 0 ? fields : { ...fields, repeated }, message);
    };
    return {
      debug: (fields, message) => inner.debug(fields, message),
      info: (fields, message) => inner.info(fields, message),
      warn: limited("warn"),
      error: limited("error"),
      child: (fields) => wrap(inner.child(fields)),
    };
  };
  return wrap(log);
}

/** Numbers (times, counts, pauses) change from one to the next: what it is about stays. */
function subjectOf(fields: object): unknown[] {
  return Object.entries(fields).filter(([, value]) => typeof value !== "number");
}
