import { whileActive } from "./active.ts";
import { Limits } from "./limits.ts";
import type { Runtime } from "./runtime.ts";

export interface AsyncJob {
  /** For `getJobName`-like output and errors, for example `Queueable MyJob`. */
  readonly label: string;
  readonly id: string;
  run(rt: Runtime): void;
}

/**
 * Jobs that a transaction enqueued. A test runs them at `Test.stopTest()`; elsewhere they run after
 * the commit, each in a transaction of its own.
 */
export class AsyncQueue {
  readonly #rt: Runtime;
  #jobs: AsyncJob[] = [];
  #count = 0;

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Returns the job's Id. */
  enqueue(label: string, run: (rt: Runtime) => void): string {
    this.#count += 1;
    const id = `707000000${String(this.#count).padStart(6, "0")}AAA`;
    this.#jobs.push({ label, id, run });
    return id;
  }

  mark(): number {
    return this.#jobs.length;
  }

  rollback(mark: number): void {
    this.#jobs.length = Math.min(mark, this.#jobs.length);
  }

  take(): AsyncJob[] {
    return this.#jobs.splice(0);
  }

  /** Runs what is waiting inside this transaction, as `Test.stopTest()` does. */
  drain(): void {
    const rt = this.#rt;
    const outer = rt.limits;
    // A job that enqueues another is not followed further: Apex refuses chains in tests.
    for (const job of this.take()) {
      rt.limits = new Limits("async");
      try {
        whileActive(rt, () => job.run(rt));
      } finally {
        rt.limits = outer;
      }
    }
  }
}
