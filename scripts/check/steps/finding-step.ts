import { type CheckOutcome, type Finding, formatFinding } from "../finding.ts";
import type { Step, StepResult } from "./step.ts";

type Check = () => readonly Finding[] | Promise<readonly Finding[] | CheckOutcome>;

/**
 * A step that passes when a check finds nothing.
 * @param mayBeSkipped False on a build server: a check that cannot run there fails.
 */
export function findingStep(name: string, check: Check, mayBeSkipped: boolean): Step {
  return { name, run: async () => toResult(await check(), mayBeSkipped) };
}

function toResult(outcome: readonly Finding[] | CheckOutcome, mayBeSkipped: boolean): StepResult {
  const { findings, skipped } = "findings" in outcome ? outcome : { findings: outcome };
  if (skipped !== undefined) {
    return { state: mayBeSkipped ? "skipped" : "failed", output: `SKIPPED: ${skipped}` };
  }
  return {
    state: findings.length === 0 ? "passed" : "failed",
    output: findings.map(formatFinding).join("\n"),
  };
}
