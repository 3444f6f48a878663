/** The machine's clock until it is told to hurry: an outage of ten minutes in ten seconds. */
import { systemClock, type Clock } from "../../middleware/clock.ts";

export interface HastyClock extends Clock {
  /** From now on time passes so many times as fast as the machine's. */
  hurry(speed: number): void;
}

export function hastyClock(): HastyClock {
  let speed = 1;
  let from = { machine: Date.now(), own: Date.now() };
  const now = () => Math.round(from.own + (Date.now() - from.machine) * speed);
  return {
    ...systemClock,
    now,
    elapsedMs: now,
    // What sleeps already is not woken early: its time was the machine's.
    sleep: (delayMs, signal) => systemClock.sleep(delayMs / speed, signal),
    hurry(faster) {
      from = { own: now(), machine: Date.now() };
      speed = faster;
    },
  };
}
