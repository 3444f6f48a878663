import pLimit from "p-limit";
import type { FinishedStep, Step } from "./step.ts";

/**
 * Runs every step, a few at a time, also after one failed.
 * @param onFinish Called once for each step, in the order in which they end.
 */
export async function runSteps(
  steps: readonly Step[],
  concurrency: number,
  onFinish: (step: FinishedStep) => void,
): Promise<FinishedStep[]> {
  const limit = pLimit(concurrency);
  return Promise.all(
    steps.map((step) =>
      limit(async () => {
        const finished = await runStep(step);
        onFinish(finished);
        return finished;
      }),
    ),
  );
}

async function runStep(step: Step): Promise<FinishedStep> {
  const startedAt = performance.now();
  const result = await step.run().catch((error: unknown) => ({
    state: "failed" as const,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  return { name: step.name, ...result, durationMs: performance.now() - startedAt };
}
