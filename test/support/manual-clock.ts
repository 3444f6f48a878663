/** A clock whose hands a test moves: hours of waiting pass in no time, in the right order. */
import type { Clock } from "../../middleware/runtime/clock.ts";

export interface ManualClock extends Clock {
  /** Moves time on, waking who sleeps in order of their times, each with time to act on it. */
  advance(ms: number): Promise<void>;
  /** When the next sleeper wakes; null while nobody sleeps. */
  nextAt(): number | null;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which woken code gets to its next wait. */
const turns = 25;

/** @param draw what `random` gives: 1 is the longest pause, 0 the shortest */
export function createManualClock(startAt = Date.UTC(2026, 5, 1), draw = 0.999_999): ManualClock {
  let nowMs = startAt;
  let uuids = 0;
  const sleepers = new Set<Sleeper>();
  const settle = async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const next = () => [...sleepers].sort((one, other) => one.at - other.at)[0];
  return {
    now: () => nowMs,
    elapsedMs: () => nowMs,
    random: () => draw,
    uuid: () => `uuid-${(uuids += 1)}`,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const sleeper = { at: nowMs + Math.max(0, delayMs), wake };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", wake, { once: true });
      }),
    async advance(ms) {
      const until = nowMs + ms;
      await settle();
      for (let sleeper = next(); sleeper !== undefined && sleeper.at <= until; sleeper = next()) {
        nowMs = Math.max(nowMs, sleeper.at);
        sleeper.wake();
        await settle();
      }
      nowMs = until;
    },
    nextAt: () => next()?.at ?? null,
  };
}
