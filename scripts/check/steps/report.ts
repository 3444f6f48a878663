import type { FinishedStep } from "./step.ts";

const marks = { passed: "ok", failed: "FAILED", skipped: "SKIPPED" } as const;

/** A step's heading, with what it has to say below. */
export function formatStep({ name, state, output }: FinishedStep): string {
  return `== ${name}: ${marks[state]}${output ? `\n${output}\n` : ""}`;
}

/** A table of all steps with the seconds each took. */
export function formatSummary(steps: readonly FinishedStep[]): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const rows = steps.map(({ name, state, durationMs }) => {
    const seconds = (durationMs / 1000).toFixed(1).padStart(7);
    return `  ${name.padEnd(width)} ${seconds} s  ${marks[state]}`;
  });
  const failed = steps.filter(({ state }) => state === "failed").length;
  const verdict = failed === 0 ? "All checks passed." : `${failed} of ${steps.length} failed.`;
  return ["", "Summary", ...rows, verdict].join("\n");
}
