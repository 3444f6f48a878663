/** Runs Apex tests as an org does: each method on its own data, nothing of it stays. */
import type { Program } from "../program/program.ts";
import type { TransactionPort } from "../ports.ts";
import { ApexThrow } from "../run/apex-throw.ts";
import { Runtime } from "../run/runtime.ts";
import { TestState } from "../run/test-state.ts";
import { withRuntime } from "../run/transaction.ts";
import type { MethodInfo } from "../types/type.ts";
import { findTests, type TestClass } from "./find-tests.ts";

export interface TestOutcome {
  readonly className: string;
  readonly methodName: string;
  readonly passed: boolean;
  /** `System.AssertException: …` with the Apex stack; null for a pass. */
  readonly failure: string | null;
  readonly durationMs: number;
}

/** Ends the transaction of a test class without keeping anything. */
class TakeBack extends Error {}

/** Runs every test of the program, or those of the named classes, as this user. */
export function runTests(
  program: Program,
  userId: string,
  options: { readonly classNames?: readonly string[] } = {},
): TestOutcome[] {
  const wanted = options.classNames?.map((name) => name.toLowerCase());
  return findTests(program)
    .filter((testClass) => wanted?.includes(testClass.info.name.toLowerCase()) ?? true)
    .flatMap((testClass) => runTestClass(program, userId, testClass));
}

/** The class's set-up runs once; each method starts from what it left. */
export function runTestClass(
  program: Program,
  userId: string,
  testClass: TestClass,
  only?: string,
): TestOutcome[] {
  const outcomes: TestOutcome[] = [];
  try {
    program.platform.transact(userId, (transaction) => {
      const tests = testClass.tests.filter((test) => only === undefined || test.name === only);
      const setupFailure = runSetups(program, transaction, testClass);
      for (const test of tests) {
        outcomes.push(
          setupFailure === null
            ? runOne(program, transaction, test)
            : outcome(test, `@TestSetup failed: ${setupFailure}`, 0),
        );
      }
      throw new TakeBack();
    });
  } catch (error) {
    if (!(error instanceof TakeBack)) throw error;
  }
  return outcomes;
}

function runSetups(
  program: Program,
  transaction: TransactionPort,
  testClass: TestClass,
): string | null {
  for (const setup of testClass.setups) {
    const failure = attempt(program, transaction, setup, new TestState());
    if (failure !== null) return failure;
  }
  return null;
}

function runOne(program: Program, transaction: TransactionPort, test: MethodInfo): TestOutcome {
  const savepoint = transaction.savepoint();
  const started = performance.now();
  const state = new TestState();
  const failure = attempt(program, transaction, test, state);
  transaction.rollback(savepoint);
  const durationMs = performance.now() - started;
  const silent = failure === null && state.assertions === 0;
  return outcome(test, silent ? "The test asserts nothing" : failure, durationMs);
}

function outcome(test: MethodInfo, failure: string | null, durationMs: number): TestOutcome {
  return {
    className: test.owner.name,
    methodName: test.name,
    passed: failure === null,
    failure,
    durationMs,
  };
}

/** Every method is a transaction of its own: fresh static variables and limits. */
function attempt(
  program: Program,
  transaction: TransactionPort,
  method: MethodInfo,
  state: TestState,
): string | null {
  const rt = new Runtime(program, transaction, { test: state });
  try {
    withRuntime(rt, () => {
      rt.staticsOf(method.owner);
      method.invoke(rt, null, []);
    });
    return null;
  } catch (error) {
    if (error instanceof ApexThrow) return error.describe();
    throw error;
  }
}
