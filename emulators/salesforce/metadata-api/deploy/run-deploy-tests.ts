import { setImmediate as nextTurn } from "node:timers/promises";
import type { ApexEngine } from "../../apex/engine.ts";
import { type FileCoverage, readCoverage } from "../../../apex/testing/coverage-report.ts";
import { findTests } from "../../../apex/testing/find-tests.ts";
import { runTestClass, type TestOutcome } from "../../../apex/testing/run-tests.ts";

/** A run of Apex tests, as it stands. */
export interface TestRun {
  readonly total: number;
  readonly outcomes: TestOutcome[];
  /** Of every class and trigger of the org, once all tests have run. */
  coverage: readonly FileCoverage[];
}

export interface TestOrder {
  readonly engine: ApexEngine;
  readonly userId: string;
  /** Null: all tests of the org. */
  readonly classNames: readonly string[] | null;
}

/**
 * Runs tests a class at a time, with room for other work of the process in between.
 * @param onProgress called with the run as it grows; returns whether to go on
 */
export async function runOrgTests(
  { engine, userId, classNames }: TestOrder,
  onProgress: (run: TestRun) => boolean,
): Promise<TestRun> {
  const { program } = engine;
  const wanted = classNames?.map((name) => name.toLowerCase());
  const classes = findTests(program).filter(
    ({ info }) => wanted?.includes(info.name.toLowerCase()) ?? true,
  );
  const total = classes.reduce((sum, { tests }) => sum + tests.length, 0);
  const run: TestRun = { total, outcomes: [], coverage: [] };
  for (const testClass of classes) {
    if (!onProgress(run)) return run;
    run.outcomes.push(...runTestClass(program, userId, testClass));
    await nextTurn();
  }
  run.coverage = readCoverage(program);
  onProgress(run);
  return run;
}
