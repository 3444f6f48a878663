/** What a sweep waits for between two pages, and when it has to stop in the middle. */
import { isDueMoreThan } from "../../queue/due-links.ts";
import type { SweepRunParts } from "./parts.ts";

/** More due links than this, and the sweep waits for the workers rather than adding to them. */
const maxDue = 2_000;
const lookAgainMs = 1_000;

/** It has to stop here; the next sweep resumes from this page. */
export class SweepInterrupted extends Error {
  override readonly name = "SweepInterrupted";
}

export interface PageThrottle {
  /** @throws SweepInterrupted when the sweep has to stop in front of its next page */
  nextPage(): Promise<void>;
  /** Aborted when the sweep has to stop. */
  readonly signal: AbortSignal;
}

export function createPace(parts: SweepRunParts, signal: AbortSignal): PageThrottle {
  const { database, clock, budget } = parts;
  let first = true;
  const check = () => {
    if (signal.aborted) throw new SweepInterrupted("the process stops, or its lease is lost");
    if (budget?.allowSweep() === false) {
      throw new SweepInterrupted("the API budget is used up; the sweep resumes when there is room");
    }
  };
  return {
    signal,
    async nextPage() {
      check();
      const pauseMs = first ? 0 : (budget?.sweepPauseMs() ?? 0);
      first = false;
      if (pauseMs > 0) await clock.sleep(pauseMs, signal);
      while (!signal.aborted && (await isDueMoreThan(database, maxDue, clock.now()))) {
        await clock.sleep(lookAgainMs, signal);
      }
      check();
    },
  };
}
