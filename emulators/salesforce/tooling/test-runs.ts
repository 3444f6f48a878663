import { ApexEngine } from "../apex/engine.ts";
import type { TestOutcome } from "../../apex/testing/run-tests.ts";
import { wholeSecond } from "../data/convert-time.ts";
import type { Org } from "../data/org.ts";
import { failureParts } from "../metadata-api/deploy/deploy-result.ts";
import { runOrgTests, type TestRun } from "../metadata-api/deploy/run-deploy-tests.ts";
import { apexId } from "../apex/apex-ids.ts";

/** Which tests to run: all, or those of classes; of a class all methods, or the named ones. */
export type TestChoice = ReadonlyMap<string, readonly string[] | null> | "all";

interface RunningOrg {
  readonly org: Org;
  readonly apex: ApexEngine;
}

/**
 * Runs tests on a copy of the org's set-up, where none of its business data is.
 * @param onProgress as of `runOrgTests`
 */
export async function runTestsOf(
  { org, apex }: RunningOrg,
  userId: string,
  choice: TestChoice,
  onProgress: (run: TestRun) => boolean = () => true,
): Promise<TestRun> {
  const fork = org.fork();
  const engine = new ApexEngine(fork, apex.sources);
  engine.installTriggers();
  const classNames = choice === "all" ? null : [...choice.keys()];
  const run = await runOrgTests({ engine, userId, classNames }, onProgress);
  const outcomes = run.outcomes.filter((outcome) => isChosen(choice, outcome));
  return { ...run, outcomes };
}

function isChosen(choice: TestChoice, { className, methodName }: TestOutcome): boolean {
  if (choice === "all") return true;
  const entry = [...choice].find(([name]) => name.toLowerCase() === className.toLowerCase());
  const methods = entry?.[1] ?? null;
  return (
    methods === null || methods.some((name) => name.toLowerCase() === methodName.toLowerCase())
  );
}

/**
 * Starts a run that continues by itself: its rows show how far it is, as in ApexTestRunResult.
 * @param classNames the classes that it goes through
 * @returns the Id of its AsyncApexJob
 */
export function startTestRun(
  running: RunningOrg,
  userId: string,
  choice: TestChoice,
  classNames: readonly string[],
): string {
  const { org } = running;
  const jobId = org.ids.next("707");
  const runId = org.ids.next("05m");
  const summary = {
    ...{ Id: runId, AsyncApexJobId: jobId, UserId: userId, Status: "Processing" },
    ...{ StartTime: wholeSecond(org.now()), EndTime: null, TestTime: 0, TestSetupTime: 0 },
    ...{ ClassesEnqueued: classNames.length, ClassesCompleted: 0 },
    ...{ MethodsEnqueued: 0, MethodsCompleted: 0, MethodsFailed: 0 },
  };
  org.store.put("ApexTestRunResult", summary);
  const items = classNames.map((name) => ({
    ...{ Id: org.ids.next("709"), ApexClassId: apexId("ApexClass", name), Status: "Queued" },
    ...{ ExtendedStatus: null, ParentJobId: jobId, TestRunResultId: runId },
  }));
  for (const item of items) org.store.put("ApexTestQueueItem", item);
  org.store.commit();
  const schema = org.schema;
  void runTestsOf(running, userId, choice, () => org.schema === schema).then((run) => {
    for (const item of items) org.store.put("ApexTestQueueItem", { ...item, Status: "Completed" });
    org.store.put("ApexTestRunResult", { ...summary, ...finished(org, run, classNames.length) });
    for (const outcome of run.outcomes) {
      const classId = apexId("ApexClass", outcome.className);
      const item = items.find(({ ApexClassId }) => ApexClassId === classId);
      writeResult(org, { jobId, runId, itemId: item?.Id ?? "" }, outcome);
    }
    writeCoverage(org, run);
    org.store.commit();
  });
  return jobId;
}

function finished(org: Org, { outcomes }: TestRun, classes: number): object {
  const failed = outcomes.filter(({ passed }) => !passed).length;
  return {
    ...{ Status: failed > 0 ? "Failed" : "Completed", EndTime: wholeSecond(org.now()) },
    TestTime: Math.round(outcomes.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    ...{ ClassesCompleted: classes, MethodsEnqueued: outcomes.length },
    ...{ MethodsCompleted: outcomes.length - failed, MethodsFailed: failed },
  };
}

function writeResult(
  org: Org,
  ids: { readonly jobId: string; readonly runId: string; readonly itemId: string },
  outcome: TestOutcome,
): void {
  const { message, stackTrace } = failureParts(outcome);
  org.store.put("ApexTestResult", {
    Id: org.ids.next("07M"),
    ApexClassId: apexId("ApexClass", outcome.className),
    ...{ QueueItemId: ids.itemId, AsyncApexJobId: ids.jobId, ApexTestRunResultId: ids.runId },
    ...{ ApexLogId: null, MethodName: outcome.methodName, IsTestSetup: false },
    Outcome: outcome.passed ? "Pass" : "Fail",
    Message: outcome.passed ? null : message,
    StackTrace: outcome.passed ? null : stackTrace,
    RunTime: Math.round(outcome.durationMs),
    TestTimestamp: wholeSecond(org.now()),
  });
}

/** What the last run reached; by class, not by test method. */
function writeCoverage(org: Org, { coverage }: TestRun): void {
  for (const type of ["ApexCodeCoverageAggregate", "ApexOrgWideCoverage"]) {
    for (const row of [...org.store.rows(type)]) org.store.remove(type, row.Id);
  }
  let lines = 0;
  let covered = 0;
  for (const file of coverage) {
    lines += file.lines;
    covered += file.covered;
    const type = file.kind === "class" ? "ApexClass" : "ApexTrigger";
    org.store.put("ApexCodeCoverageAggregate", {
      Id: org.ids.next("715"),
      ApexClassOrTriggerId: apexId(type, file.name),
      ...{ NumLinesCovered: file.covered, NumLinesUncovered: file.uncoveredLines.length },
      Coverage: JSON.stringify({
        coveredLines: file.coveredLines,
        uncoveredLines: file.uncoveredLines,
      }),
    });
  }
  const PercentCovered = lines === 0 ? 0 : Math.round((covered / lines) * 100);
  org.store.put("ApexOrgWideCoverage", { Id: org.ids.next("716"), PercentCovered });
}
