/** The machine's clock until it is told to hurry: an outage of ten minutes in ten seconds. */
import { systemClock, type Clock } from "../../middleware/runtime/clock.ts";

export interface HastyClock extends Clock {
  /** From now on time passes so many times as fast as the machine's. */
  hurry(speed: number): void;
  /** So much time passes, in steps with time to act: who would have slept no longer wakes. */
  pass(ms: number): Promise<void>;
}

const stepMs = 5_000;
const actMs = 50;

export function hastyClock(): HastyClock {
  let speed = 1;
  let from = { machine: Date.now(), own: Date.now() };
  const sleepers = new Set<{ readonly until: number; readonly alarm: AbortController }>();
  const now = () => Math.round(from.own + (Date.now() - from.machine) * speed);
  return {
    ...systemClock,
    now,
    elapsedMs: now,
    // What sleeps already is not woken early by a hurry: its time was the machine's.
    async sleep(delayMs, signal) {
      const sleeper = { until: now() + delayMs, alarm: new AbortController() };
      sleepers.add(sleeper);
      const { signal: woken } = sleeper.alarm;
      await systemClock.sleep(
        delayMs / speed,
        signal === undefined ? woken : AbortSignal.any([woken, signal]),
      );
      sleepers.delete(sleeper);
    },
    hurry(faster) {
      from = { own: now(), machine: Date.now() };
      speed = faster;
    },
    async pass(ms) {
      for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
        from = { own: now() + Math.min(leftMs, stepMs), machine: Date.now() };
        for (const { until, alarm } of sleepers) if (until <= from.own) alarm.abort();
        await systemClock.sleep(actMs);
      }
    },
  };
}
