import { systemClock, type Clock } from "../../middleware/runtime/clock.ts";

export interface MovingClock extends Clock {
  /** Puts the clock ahead; who sleeps by it goes on sleeping by the machine's time. */
  forward(ms: number): void;
}

/** The machine's clock, which a test can put ahead. */
export function movingClock(): MovingClock {
  let aheadMs = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + aheadMs,
    elapsedMs: () => systemClock.elapsedMs() + aheadMs,
    forward(ms) {
      aheadMs += ms;
    },
  };
}
