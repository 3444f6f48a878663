import { commandStep } from "../../scripts/check/steps/command-step.ts";
import { findingStep } from "../../scripts/check/steps/finding-step.ts";
import { formatStep, formatSummary } from "../../scripts/check/steps/report.ts";
import { runSteps } from "../../scripts/check/steps/run-steps.ts";
import type { FinishedStep, Step } from "../../scripts/check/steps/step.ts";

const finding = { file: "force-app/Some.cls", line: 3, message: "is wrong" };

async function run(steps: readonly Step[]): Promise<FinishedStep[]> {
  return runSteps(steps, 2, () => undefined);
}

test("a check that finds something fails and shows every finding", async () => {
  const [step] = await run([findingStep("names", () => [finding, finding], true)]);

  expect(step).toMatchObject({
    state: "failed",
    output: "force-app/Some.cls:3: is wrong\nforce-app/Some.cls:3: is wrong",
  });
});

test("a check that cannot run is skipped on a desk and fails on a build server", async () => {
  const check = () => Promise.resolve({ findings: [], skipped: "needs Java" });

  const steps = await run([findingStep("a", check, true), findingStep("b", check, false)]);

  expect(steps.map(({ state, output }) => `${state} ${output}`)).toEqual([
    "skipped SKIPPED: needs Java",
    "failed SKIPPED: needs Java",
  ]);
});

test("a program that ends with an error fails and shows what it wrote", async () => {
  const [step] = await run([commandStep("types", "typescript/bin/tsc", ["--no-such-option"])]);

  expect(step).toMatchObject({ state: "failed" });
  expect(step?.output).toContain("--no-such-option");
});

test("a program that ends well passes and shows nothing", async () => {
  const [step] = await run([commandStep("types", "typescript/bin/tsc", ["--version"])]);

  expect(step).toMatchObject({ state: "passed", output: "" });
});

test("a check that throws fails, and the others run all the same", async () => {
  const steps = await run([
    findingStep("broken", () => Promise.reject(new Error("no such folder")), true),
    findingStep("fine", () => [], true),
  ]);

  expect(steps.map(({ state }) => state)).toEqual(["failed", "passed"]);
  expect(steps[0]?.output).toContain("no such folder");
});

test("no more steps run at a time than allowed", async () => {
  let running = 0;
  let most = 0;
  const step = (name: string): Step => ({
    name,
    run: async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return { state: "passed", output: "" };
    },
  });

  await run(["a", "b", "c", "d", "e"].map(step));

  expect(most).toBe(2);
});

test("the report names each step with its state, and how many failed", () => {
  const steps: FinishedStep[] = [
    { name: "lint", state: "passed", output: "", durationMs: 12_340 },
    { name: "types", state: "failed", output: "a.ts(1,1): wrong", durationMs: 500 },
  ];

  expect(formatStep(steps[1]!)).toBe("== types: FAILED\na.ts(1,1): wrong\n");
  expect(formatSummary(steps)).toBe(
    ["", "Summary", "  lint     12.3 s  ok", "  types     0.5 s  FAILED", "1 of 2 failed."].join(
      "\n",
    ),
  );
});
