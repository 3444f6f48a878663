/**
 * Runs the package's Apex tests on the local Apex engine: `npm run test:apex [Class …]`.
 * Fails when a test fails or asserts nothing, when a class is covered less than 90 %, or when a
 * trigger is not covered at all.
 */
import { ApexCompileError } from "../emulators/apex/index.ts";
import { type FileCoverage, readCoverage } from "../emulators/apex/testing/coverage-report.ts";
import { runTests, type TestOutcome } from "../emulators/apex/testing/run-tests.ts";
import { createApexTestOrg } from "../emulators/salesforce/apex/test-org.ts";

const requiredPercent = 90;

async function main(): Promise<void> {
  const classNames = process.argv.slice(2);
  const started = performance.now();
  const { engine, userId } = await createApexTestOrg();
  const loadedMs = performance.now() - started;
  const outcomes = runTests(engine.program, userId, classNames.length > 0 ? { classNames } : {});
  const ranMs = performance.now() - started - loadedMs;
  printOutcomes(outcomes);
  const failures = outcomes.filter((outcome) => !outcome.passed);
  const gaps = classNames.length > 0 ? [] : printCoverage(readCoverage(engine.program));
  console.log(
    `${outcomes.length - failures.length} of ${outcomes.length} Apex tests passed ` +
      `(load ${Math.round(loadedMs)} ms, run ${Math.round(ranMs)} ms).`,
  );
  for (const gap of gaps) console.error(gap);
  if (failures.length > 0 || gaps.length > 0 || outcomes.length === 0) process.exitCode = 1;
}

function printOutcomes(outcomes: readonly TestOutcome[]): void {
  let className = "";
  for (const outcome of outcomes) {
    if (outcome.className !== className) console.log(`\n${outcome.className}`);
    className = outcome.className;
    const mark = outcome.passed ? "ok  " : "FAIL";
    console.log(`  ${mark} ${outcome.methodName} (${Math.round(outcome.durationMs)} ms)`);
    if (outcome.failure !== null) console.log(outcome.failure.replace(/^/gm, "         "));
  }
  console.log("");
}

/** Returns what is not covered well enough. */
function printCoverage(files: readonly FileCoverage[]): string[] {
  const gaps: string[] = [];
  console.log("Coverage");
  for (const file of files) {
    const missing =
      file.uncoveredLines.length > 0 ? `, not run: ${file.uncoveredLines.join(", ")}` : "";
    const counts = `${file.covered}/${file.lines} lines`;
    console.log(`  ${file.percent.toFixed(0).padStart(3)} % ${file.name} (${counts}${missing})`);
    if (file.kind === "class" && file.percent < requiredPercent)
      gaps.push(
        `${file.name} is covered ${file.percent.toFixed(0)} %, below ${requiredPercent} %.`,
      );
    if (file.kind === "trigger" && file.covered === 0)
      gaps.push(`Trigger ${file.name} is not covered.`);
  }
  console.log("");
  return gaps;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ApexCompileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
