import type { FileCoverage } from "../../../apex/testing/coverage-report.ts";
import type { SourceFile } from "../format/component.ts";
import type { DeployOptions } from "./deploy-options.ts";

export interface CoverageWarning {
  /** Class or trigger; null for the org as a whole. */
  readonly name: string | null;
  readonly message: string;
}

const requiredPercent = 75;

/**
 * What is covered too little for a deployment with tests (Metadata API Developer Guide, DeployOptions,
 * testLevel): each deployed class and trigger for RunSpecifiedTests, the org else.
 */
export function coverageWarnings(
  coverage: readonly FileCoverage[],
  files: readonly SourceFile[],
  { testLevel }: Pick<DeployOptions, "testLevel">,
): CoverageWarning[] {
  if (testLevel === "NoTestRun") return [];
  const deployed = new Set(files.map(({ component }) => component.fullName));
  if (testLevel === "RunSpecifiedTests") {
    return coverage
      .filter(({ name, percent }) => deployed.has(name) && percent < requiredPercent)
      .map(({ name, percent, kind }) => ({
        name,
        message: `Test coverage of selected Apex ${kind === "class" ? "Class" : "Trigger"} is ${Math.floor(percent)}%, at least ${requiredPercent}% test coverage is required`,
      }));
  }
  return [...wholeOrg(coverage), ...untestedTriggers(coverage)];
}

function wholeOrg(coverage: readonly FileCoverage[]): CoverageWarning[] {
  const lines = coverage.reduce((sum, file) => sum + file.lines, 0);
  const covered = coverage.reduce((sum, file) => sum + file.covered, 0);
  if (lines === 0 || (covered / lines) * 100 >= requiredPercent) return [];
  const percent = Math.floor((covered / lines) * 100);
  const message = `Average test coverage across all Apex Classes and Triggers is ${percent}%, at least ${requiredPercent}% test coverage is required.`;
  return [{ name: null, message }];
}

function untestedTriggers(coverage: readonly FileCoverage[]): CoverageWarning[] {
  return coverage
    .filter(({ kind, lines, covered }) => kind === "trigger" && lines > 0 && covered === 0)
    .map(({ name }) => ({
      name,
      message:
        "Test coverage of selected Apex Trigger is 0%, at least 1% test coverage is required",
    }));
}
