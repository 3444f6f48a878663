export interface AsyncJob<Rt> {
  /** For errors, for example `Queueable MyJob`. */
  readonly label: string;
  run(rt: Rt): void;
  /** Id of the schedule that it is on; null for other jobs. */
  readonly scheduleId: string | null;
}

export interface AsyncOptions<Rt> {
  /** Jobs wait for `drain`, as in a test. */
  readonly waits: boolean;
  /** Runs a job inside this transaction. */
  now(job: AsyncJob<Rt>): void;
  /** Runs a job after the commit, in a transaction of its own. */
  later(job: AsyncJob<Rt>): void;
}

/**
 * Jobs that a transaction enqueued. A test runs them at `Test.stopTest()`; elsewhere each runs after
 * the commit, in a transaction of its own.
 */
export class AsyncQueue<Rt> {
  readonly #options: AsyncOptions<Rt>;
  #jobs: AsyncJob<Rt>[] = [];
  #count = 0;

  constructor(options: AsyncOptions<Rt>) {
    this.#options = options;
  }

  /** Returns the job's Id. */
  enqueue(label: string, run: (rt: Rt) => void, scheduleId: string | null = null): string {
    const job = { label, run, scheduleId };
    this.#count += 1;
    if (this.#options.waits) this.#jobs.push(job);
    else this.#options.later(job);
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
    // What a job enqueues is not followed: Apex refuses chains in tests.
    for (const job of this.#jobs.splice(0)) this.#options.now(job);
  }
}
