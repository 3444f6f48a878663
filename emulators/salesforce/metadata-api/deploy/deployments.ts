import { ArchiveError } from "../format/archive.ts";
import { failure } from "./deploy-message.ts";
import type { DeployPackage } from "./read-package.ts";
import { CanceledError, deployTo, type DeployTarget } from "./deploy-to.ts";
import { type DeployJob, isDone } from "./deploy-job.ts";
import type { DeployOptions } from "./deploy-options.ts";

/** The org's deployments, one at a time: who comes second waits as Pending. */
export class Deployments {
  private readonly jobs = new Map<string, DeployJob>();
  /** What validations with tests have found right, by their Ids. */
  private readonly validated = new Map<string, DeployPackage>();
  private queue: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly target: DeployTarget) {}

  /**
   * Takes a deployment on.
   * @param read gives the package when it is its turn
   */
  request(
    userId: string,
    options: DeployOptions,
    read: () => DeployPackage | Promise<DeployPackage>,
  ): DeployJob {
    const now = this.target.org.now();
    const job: DeployJob = {
      id: this.target.org.ids.next("0Af"),
      ...{ userId, options, createdDate: now, lastModifiedDate: now },
      ...{ status: "Pending", startDate: null, completedDate: null, stateDetail: null },
      ...{ canceledBy: null, componentsTotal: 0, messages: [], tests: null },
      ...{ coverageWarnings: [], errorMessage: null },
    };
    this.jobs.set(job.id, job);
    this.queue = this.queue.then(() => this.run(job, read));
    return job;
  }

  /**
   * Deploys what was validated with tests, without them ("quick deploy").
   * @returns null when there is no such validation
   */
  requestValidated(userId: string, id: string): DeployJob | null {
    const job = this.find(id);
    const validated = this.validated.get(job?.id ?? "");
    if (!job || !validated) return null;
    const options: DeployOptions = { ...job.options, checkOnly: false, testLevel: "NoTestRun" };
    return this.request(userId, options, () => validated);
  }

  find(id: string): DeployJob | undefined {
    return this.jobs.get(id) ?? [...this.jobs.values()].find((job) => job.id.startsWith(id));
  }

  /** Calls a deployment off: at once while it waits, at its next step while it runs. */
  cancel(job: DeployJob, userId: string): void {
    if (isDone(job)) return;
    job.canceledBy = userId;
    job.status = job.status === "Pending" ? "Canceled" : "Canceling";
    if (isDone(job)) this.end(job);
  }

  /** Waits until a deployment has ended. */
  async ended(job: DeployJob): Promise<DeployJob> {
    while (!isDone(job)) await this.queue;
    return job;
  }

  /** Calls off everything, and forgets it. */
  clear(): void {
    for (const job of this.jobs.values()) this.cancel(job, job.userId);
    this.jobs.clear();
    this.validated.clear();
  }

  /** Calls off everything, and waits until it rests. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const job of this.jobs.values()) this.cancel(job, job.userId);
    await this.queue;
  }

  private async run(
    job: DeployJob,
    read: () => DeployPackage | Promise<DeployPackage>,
  ): Promise<void> {
    if (job.status !== "Pending" || this.isClosed) return;
    job.status = "InProgress";
    job.startDate = this.target.org.now();
    try {
      const brought = await read();
      await deployTo(this.target, job, brought);
      if (isValidation(job)) this.validated.set(job.id, brought);
    } catch (error) {
      this.refuse(job, error);
    }
    this.end(job);
  }

  private refuse(job: DeployJob, error: unknown): void {
    if (error instanceof CanceledError) {
      job.status = "Canceled";
      return;
    }
    job.status = "Failed";
    const text = error instanceof Error ? error.message : String(error);
    const name = { type: "", fullName: "package.xml" };
    job.messages = [failure(name, "package.xml", text)];
    if (error instanceof ArchiveError) return;
    job.errorMessage = text;
    process.stderr.write(
      `Salesforce emulator: ${error instanceof Error ? String(error.stack) : text}\n`,
    );
  }

  private end(job: DeployJob): void {
    job.completedDate = this.target.org.now();
    job.lastModifiedDate = job.completedDate;
  }
}

function isValidation({ status, options }: DeployJob): boolean {
  return status === "Succeeded" && options.checkOnly && options.testLevel !== "NoTestRun";
}
