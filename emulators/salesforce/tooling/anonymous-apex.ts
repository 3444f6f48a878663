import type { ApexEngine } from "../apex/engine.ts";
import { ApexCompileError, ApexThrow } from "../../apex/index.ts";

/** An ExecuteAnonymousResult, and the debug log's lines. */
export interface AnonymousResult {
  readonly compiled: boolean;
  readonly success: boolean;
  /** -1 where nothing went wrong. */
  readonly line: number;
  readonly column: number;
  readonly compileProblem: string | null;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
  readonly log: readonly string[];
}

const fine = {
  ...{ compiled: true, success: true, line: -1, column: -1, compileProblem: null },
  ...{ exceptionMessage: null, exceptionStackTrace: null },
};

/** Runs statements as Execute Anonymous does. */
export async function runAnonymous(
  apex: ApexEngine,
  userId: string,
  source: string,
): Promise<AnonymousResult> {
  try {
    return { ...fine, log: await apex.executeAnonymous(userId, source) };
  } catch (error) {
    if (error instanceof ApexCompileError) {
      const { line, column } = error.position;
      const compileProblem = error.problem;
      return { ...fine, compiled: false, success: false, line, column, compileProblem, log: [] };
    }
    if (!(error instanceof ApexThrow)) throw error;
    const [message = "", ...stack] = error.describe().split("\n");
    const [, line = "1", column = "1"] = /line (\d+), column (\d+)/.exec(stack.join("\n")) ?? [];
    return {
      ...{ ...fine, success: false, line: Number(line), column: Number(column) },
      ...{ exceptionMessage: message, exceptionStackTrace: stack.join("\n"), log: [] },
    };
  }
}
