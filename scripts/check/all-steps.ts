import { checkApexFormat } from "./apex/format.ts";
import { checkApexLibrary } from "./apex/library.ts";
import { checkApexSemantics } from "./apex/semantics.ts";
import { checkStaticAnalysis } from "./apex/static-analysis.ts";
import { checkConversion } from "./metadata/conversion.ts";
import { checkFolderCycles } from "./code/folder-cycles.ts";
import { checkFolderSizes } from "./code/folder-sizes.ts";
import { checkRetiredWords } from "./code/retired-words.ts";
import { checkCompleteness } from "./metadata/completeness.ts";
import { checkDeployment } from "./metadata/deployment.ts";
import { checkDescriptions } from "./metadata/descriptions.ts";
import { checkProjectFiles } from "./metadata/project-files.ts";
import { packageFolders } from "../../emulators/salesforce/package-folders.ts";
import { readPackageSource } from "../../emulators/salesforce/metadata-api/rules/package-source.ts";
import { commandStep } from "./steps/command-step.ts";
import { findingStep } from "./steps/finding-step.ts";
import type { Step } from "./steps/step.ts";

/** The package, and the demo org's own metadata that stands on it. */
const sourceDirectories = [
  "force-app",
  "force-app-de",
  "force-app-reports",
  "emulators/salesforce/demo-org",
];

/** What an org is given, in this order: each part stands on those before it. */
const deployedFolders = [
  ...packageFolders,
  ...["force-app-de", "force-app-reports"].map((dir) => `${dir}/main/default`),
  "emulators/salesforce/demo-org",
];

/** There is no .editorconfig; looking for one beside every file takes a tenth of the time. */
const formatCheck = ["--check", "--no-editorconfig", "--log-level", "warn", "."];

/** Hard-coded values and retired classes are warnings of Salesforce's, and enough to fail. */
const styleCheck = ["--config", "scripts/lint/slds.config.mjs", "--max-warnings", "0", "force-app"];

const dependencyCruiser = "dependency-cruiser/bin/dependency-cruise.mjs";
const folderRules = "scripts/lint/folders.config.mjs";

const codeFolders = ["middleware", "emulators", "simulation", "scripts", "test"];

/**
 * Everything that `npm run check` does, the longest first so that two at a time end soon.
 * @param isBuildServer A build server has Java, so nothing may be skipped there.
 */
export function allSteps(isBuildServer: boolean): Step[] {
  const source = readPackageSource(".", sourceDirectories);
  const packageOnly = readPackageSource(".", ["force-app"]);
  const check = (name: string, run: Parameters<typeof findingStep>[1]) =>
    findingStep(name, run, !isBuildServer);
  return [
    commandStep("types and lint", "tsx/dist/cli.mjs", ["scripts/check/code/types-and-lint.ts"]),
    commandStep("format", "prettier/bin/prettier.cjs", formatCheck),
    commandStep("imports", dependencyCruiser, codeFolders),
    commandStep("folders", dependencyCruiser, ["--config", folderRules, ...codeFolders]),
    commandStep("screen styles", "eslint/bin/eslint.js", styleCheck),
    check("apex semantics", () => checkApexSemantics(packageOnly)),
    check("apex static analysis", () => checkStaticAnalysis(packageOnly)),
    check("apex format", () => checkApexFormat()),
    check("apex library", () => checkApexLibrary()),
    check("metadata deployment", () => checkDeployment(deployedFolders)),
    check("metadata completeness", () => checkCompleteness(source)),
    check("metadata conversion", () => checkConversion(source)),
    check("metadata descriptions", () => checkDescriptions(source)),
    check("retired words", () => checkRetiredWords(codeFolders)),
    check("folder cycles", () => checkFolderCycles("middleware")),
    check("folder sizes", () => checkFolderSizes("middleware")),
    check("project files", () => checkProjectFiles(source)),
  ];
}
