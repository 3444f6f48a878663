/**
 * `npm run check`: everything that can be checked without running the product, as the build server does.
 * `npm run check -- metadata lint` runs only the steps whose name holds one of the words.
 */
import { allSteps } from "./check/all-steps.ts";
import { startJavaForShortRuns } from "./check/java/short-runs.ts";
import { formatStep, formatSummary } from "./check/steps/report.ts";
import { runSteps } from "./check/steps/run-steps.ts";

const STEPS_AT_A_TIME = 2;

startJavaForShortRuns();
const words = process.argv.slice(2);
const steps = allSteps(Boolean(process.env["CI"])).filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
if (steps.length === 0) {
  console.error(`No step is called ${words.join(" or ")}.`);
  process.exitCode = 1;
} else {
  const finished = await runSteps(steps, STEPS_AT_A_TIME, (step) => {
    console.log(formatStep(step));
  });
  console.log(formatSummary(finished));
  process.exitCode = finished.some(({ state }) => state === "failed") ? 1 : 0;
}
