/** A node's own clock: virtual time, possibly wrong, and silent once the node is dead. */
import type { Clock } from "../../middleware/runtime/clock.ts";
import type { Life } from "./mortal.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

export interface WallClock {
  /** How far the machine's clock is off; jumps move it. */
  skewMs: number;
}

export function createNodeClock(
  timeline: Timeline,
  life: Life,
  random: Random,
  wall: WallClock,
): Clock {
  let uuids = 0;
  return {
    now: () => timeline.now() + wall.skewMs,
    elapsedMs: () => timeline.now(),
    random: () => random.next(),
    uuid: () => {
      uuids += 1;
      return `${life.name}-${uuids}`;
    },
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const done = () => {
          timer.cancel();
          signal?.removeEventListener("abort", done);
          if (life.alive) resolve();
        };
        const timer = timeline.after(delayMs, done);
        signal?.addEventListener("abort", done, { once: true });
      }),
  };
}
