import { whileActive } from "./active.ts";
import { Limits } from "./limits.ts";
import type { Runtime } from "./runtime.ts";

export interface AsyncJob {
  /** For errors, for example `Queueable MyJob`. */
  readonly label: string;
  run(rt: Runtime): void;
  /** Id of the schedule that it is on; null for other jobs. */
  readonly scheduleId: string | null;
}

/**
 * Jobs that a transaction enqueued. A test runs them at `Test.stopTest()`; elsewhere each runs after
 * the commit, in a transaction of its own.
 */
export class AsyncQueue {
  readonly #rt: Runtime;
  readonly #runLater: (job: AsyncJob, userId: string) => void;
  #jobs: AsyncJob[] = [];
  #count = 0;

  constructor(rt: Runtime, runLater: (job: AsyncJob, userId: string) => void) {
    this.#rt = rt;
    this.#runLater = runLater;
  }

  /** Returns the job's Id. */
  enqueue(label: string, run: (rt: Runtime) => void, scheduleId: string | null = null): string {
    const rt = this.#rt;
    const { userId } = rt;
    const job = { label, run, scheduleId };
    this.#count += 1;
    if (rt.test) this.#jobs.push(job);
    else rt.transaction.afterCommit(() => this.#runLater(job, userId));
    return `707000000${String(this.#count).padStart(6, "0")}AAA`;
  }

  /** Takes a job off that was scheduled and has not run. */
  drop(scheduleId: string): void {
    this.#jobs = this.#jobs.filter((job) => job.scheduleId !== scheduleId);
  }

  mark(): number {
    return this.#jobs.length;
  }

  rollback(mark: number): void {
    this.#jobs.length = Math.min(mark, this.#jobs.length);
  }

  /** Runs what is waiting inside this transaction, as `Test.stopTest()` does. */
  drain(): void {
    const rt = this.#rt;
    const outer = rt.limits;
    const { frame } = rt;
    // What a job enqueues is not followed: Apex refuses chains in tests.
    for (const job of this.#jobs.splice(0)) {
      rt.limits = new Limits("async");
      // The platform calls a job, not the test: it inherits nothing.
      rt.frame = null;
      try {
        whileActive(rt, () => job.run(rt));
      } finally {
        rt.limits = outer;
        rt.frame = frame;
      }
    }
  }
}
