/** Running Apex from outside: one transaction with its runtime. */
import type { Program } from "../program/program.ts";
import { systemException } from "./system-exceptions.ts";
import type { TransactionPort } from "../ports.ts";
import { whileActive } from "../values/active.ts";
import { ApexFatal } from "./apex-throw.ts";
import { Runtime, type RuntimeOptions } from "./runtime.ts";

/** Runs `work` with Apex active. A JavaScript stack overflow is Apex's own depth limit. */
export function withRuntime<Result>(rt: Runtime, work: (rt: Runtime) => Result): Result {
  try {
    return whileActive(rt, () => work(rt));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    rt.frame = null;
    const message = "Maximum stack depth reached: 1001";
    throw new ApexFatal(rt.exceptionOf(systemException("LimitException"), message));
  }
}

/** One transaction of a user: committed when `work` returns, taken back when it throws. */
export function runTransaction<Result>(
  program: Program,
  userId: string,
  work: (rt: Runtime) => Result,
  options: RuntimeOptions = {},
): Result {
  return program.platform.transact(userId, (transaction: TransactionPort) =>
    withRuntime(new Runtime(program, transaction, options), work),
  );
}
