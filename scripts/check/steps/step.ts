/** One part of `npm run check`. */
export interface Step {
  readonly name: string;
  run(): Promise<StepResult>;
}

export interface StepResult {
  readonly state: "passed" | "failed" | "skipped";
  /** What to show under the step's heading: every failure, or why the step was skipped. */
  readonly output: string;
}

export interface FinishedStep extends StepResult {
  readonly name: string;
  readonly durationMs: number;
}
