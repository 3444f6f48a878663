import type { Org } from "../../data/org.ts";
import { type FileCoverage } from "../../../apex/testing/coverage-report.ts";
import type { TestOutcome } from "../../../apex/testing/run-tests.ts";
import { apexId } from "../../apex/apex-ids.ts";
import { type DeployJob, isDone } from "./deploy-job.ts";
import type { DeployMessage } from "./deploy-message.ts";

/** A DeployResult as checkDeployStatus gives it. */
export function deployResult(org: Org, job: DeployJob, includeDetails: boolean): object {
  const failures = job.messages.filter(({ problemType }) => problemType === "Error");
  const successes = job.messages.filter(({ problemType }) => problemType !== "Error");
  const outcomes = job.tests?.outcomes ?? [];
  const isOver = isDone(job);
  const user = org.store.get("User", job.userId)?.Name;
  const canceler = job.canceledBy === null ? null : org.store.get("User", job.canceledBy)?.Name;
  return {
    id: job.id,
    status: job.status,
    done: isOver,
    success: job.status === "Succeeded",
    checkOnly: job.options.checkOnly,
    ignoreWarnings: job.options.ignoreWarnings,
    rollbackOnError: job.options.rollbackOnError,
    runTestsEnabled: job.options.testLevel !== "NoTestRun",
    createdBy: job.userId,
    createdByName: user,
    createdDate: job.createdDate.toISOString(),
    startDate: job.startDate?.toISOString(),
    lastModifiedDate: job.lastModifiedDate.toISOString(),
    completedDate: job.completedDate?.toISOString(),
    ...(job.canceledBy === null ? {} : { canceledBy: job.canceledBy, canceledByName: canceler }),
    ...(job.stateDetail === null || isOver ? {} : { stateDetail: job.stateDetail }),
    ...(job.errorMessage === null
      ? {}
      : { errorMessage: job.errorMessage, errorStatusCode: "UNKNOWN_EXCEPTION" }),
    numberComponentErrors: failures.length,
    numberComponentsDeployed: successes.filter(({ fullName }) => fullName !== "package.xml").length,
    numberComponentsTotal: job.componentsTotal,
    numberTestErrors: outcomes.filter(({ passed }) => !passed).length,
    numberTestsCompleted: outcomes.length,
    numberTestsTotal: job.tests?.total ?? 0,
    ...(includeDetails
      ? {
          details: {
            allComponentMessages: [],
            componentFailures: failures.map((message) => messageJson(job, message)),
            componentSuccesses: successes.map((message) => messageJson(job, message)),
            runTestResult: runTestResult(job),
          },
        }
      : {}),
  };
}

function messageJson(job: DeployJob, message: DeployMessage): object {
  const known = Object.entries(message).filter(([, value]) => value !== undefined);
  const at = job.lastModifiedDate.toISOString();
  return {
    ...Object.fromEntries(known),
    createdDate: at,
    warning: message.problemType === "Warning",
  };
}

/** RunTestsResult; times in milliseconds. */
export function runTestResult(job: Pick<DeployJob, "tests" | "coverageWarnings">): object {
  const outcomes = job.tests?.outcomes ?? [];
  const failed = outcomes.filter(({ passed }) => !passed);
  return {
    numTestsRun: outcomes.length,
    numFailures: failed.length,
    totalTime: sumOf(outcomes.map(({ durationMs }) => durationMs)),
    successes: outcomes.filter(({ passed }) => passed).map(testJson),
    failures: failed.map((outcome) => ({ ...testJson(outcome), ...failureParts(outcome) })),
    codeCoverage: (job.tests?.coverage ?? []).map(coverageJson),
    codeCoverageWarnings: job.coverageWarnings.map(({ name, message }) => ({
      ...{ id: "", name, namespace: null },
      message,
    })),
    flowCoverage: [],
    flowCoverageWarnings: [],
    apexLogId: "",
  };
}

function testJson({ className, methodName, durationMs }: TestOutcome): object {
  return {
    id: apexId("ApexClass", className),
    name: className,
    methodName,
    namespace: null,
    time: Math.round(durationMs),
    seeAllData: false,
  };
}

/** The message, and the Apex stack below it. */
export function failureParts({ failure, className }: TestOutcome): {
  readonly message: string;
  readonly stackTrace: string;
  readonly packageName: string;
  readonly type: string;
} {
  const [message = "", ...stack] = (failure ?? "").split(/\n(?=Class\.|Trigger\.|AnonymousBlock)/);
  return { message, stackTrace: stack.join("\n"), packageName: className, type: "Class" };
}

function coverageJson({ name, kind, lines, uncoveredLines }: FileCoverage): object {
  return {
    id: apexId(kind === "class" ? "ApexClass" : "ApexTrigger", name),
    name,
    namespace: null,
    type: kind === "class" ? "Class" : "Trigger",
    numLocations: lines,
    numLocationsNotCovered: uncoveredLines.length,
    locationsNotCovered: uncoveredLines.map((line) => ({
      ...{ line, column: 1 },
      ...{ numExecutions: 0, time: -1 },
    })),
    dmlInfo: [],
    methodInfo: [],
    soqlInfo: [],
    soslInfo: [],
  };
}

function sumOf(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, number) => sum + number, 0));
}
