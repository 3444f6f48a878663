import type { CoverageWarning } from "./coverage-rules.ts";
import type { DeployMessage } from "./deploy-message.ts";
import type { DeployOptions } from "./deploy-options.ts";
import type { TestRun } from "./run-deploy-tests.ts";

export type DeployStatus =
  | "Pending"
  | "InProgress"
  | "Succeeded"
  | "Failed"
  | "Canceling"
  | "Canceled";

/** One deployment, from the call to its end. */
export interface DeployJob {
  readonly id: string;
  readonly userId: string;
  readonly options: DeployOptions;
  readonly createdDate: Date;
  status: DeployStatus;
  startDate: Date | null;
  lastModifiedDate: Date;
  completedDate: Date | null;
  /** What it does at the moment, for people. */
  stateDetail: string | null;
  canceledBy: string | null;
  componentsTotal: number;
  messages: readonly DeployMessage[];
  tests: TestRun | null;
  coverageWarnings: readonly CoverageWarning[];
  /** Why it ended, when no component is the reason. */
  errorMessage: string | null;
}

export function isDone({ status }: DeployJob): boolean {
  return status === "Succeeded" || status === "Failed" || status === "Canceled";
}
