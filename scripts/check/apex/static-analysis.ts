import { createRequire } from "node:module";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type * as EngineApi from "@salesforce/code-analyzer-engine-api";
import type { CheckOutcome, Finding } from "../finding.ts";
import { findJava, javaMissing } from "../java/java-command.ts";
import { installTool, whyToolIsMissing } from "../../tools/install-tool.ts";
import type { PackageSource } from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";

const relevantTags = ["Recommended", "Security", "AppExchange"];

/**
 * Runs PMD's recommended, security and AppExchange rules as Salesforce's Code Analyzer does, and
 * reports what is of high or critical severity.
 */
export async function checkStaticAnalysis(source: PackageSource): Promise<CheckOutcome> {
  const java = await findJava();
  if (!java) return { findings: [], skipped: javaMissing };
  const missing = whyToolIsMissing("static-analysis");
  if (missing !== null) return { findings: [], skipped: missing };
  const workingFolder = await mkdtemp(path.join(os.tmpdir(), "static-analysis-"));
  try {
    return { findings: await runPmd(source, java.path, workingFolder) };
  } finally {
    await rm(workingFolder, { recursive: true, force: true });
  }
}

interface PmdEngine {
  PmdCpdEnginesPlugin: new () => EngineApi.EnginePluginV1;
}

async function runPmd(
  source: PackageSource,
  javaPath: string,
  workingFolder: string,
): Promise<Finding[]> {
  const require = createRequire(path.join(installTool("static-analysis"), "package.json"));
  const { ConfigValueExtractor, EventType, LogLevel, SeverityLevel, Workspace } =
    require("@salesforce/code-analyzer-engine-api") as typeof EngineApi;
  const { PmdCpdEnginesPlugin } = require("@salesforce/code-analyzer-pmd-engine") as PmdEngine;
  const directories = source.directories.map((directory) => path.resolve(source.root, directory));
  const options = {
    logFolder: workingFolder,
    workingFolder,
    workspace: new Workspace("package", directories),
  };
  const plugin = new PmdCpdEnginesPlugin();
  const settings = new ConfigValueExtractor({ java_command: javaPath }, "engines.pmd");
  const engine = await plugin.createEngine("pmd", await plugin.createEngineConfig("pmd", settings));
  const findings: Finding[] = [];
  // A file that PMD cannot read is only logged.
  engine.onEvent<EngineApi.LogEvent>(EventType.LogEvent, ({ logLevel, message }) => {
    if (logLevel === LogLevel.Error) findings.push({ file: source.root, message });
  });
  const rules = (await engine.describeRules(options)).filter(
    (rule) =>
      rule.severityLevel <= SeverityLevel.High &&
      rule.tags.some((tag) => relevantTags.includes(tag)),
  );
  const { violations } = await engine.runRules(
    rules.map(({ name }) => name),
    options,
  );
  for (const { ruleName, message, codeLocations, primaryLocationIndex } of violations) {
    const location = codeLocations[primaryLocationIndex];
    findings.push({
      file: path.relative(path.resolve(source.root), location?.file ?? ""),
      ...(location?.startLine === undefined ? {} : { line: location.startLine }),
      message: `${ruleName}: ${message}`,
    });
  }
  return findings;
}
