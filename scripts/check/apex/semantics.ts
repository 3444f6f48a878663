import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { CheckOutcome, Finding } from "../finding.ts";
import { apexLsJarDirectory } from "../../../emulators/salesforce/metadata-api/rules/standard/apex-ls-jars.ts";
import { findJava, javaMissing, type JavaCommand } from "../java/java-command.ts";
import { prepareOlderClasses } from "../java/older-classes.ts";
import type { PackageSource } from "../../../emulators/salesforce/metadata-api/rules/package-source.ts";

const MAIN_CLASS = "io.github.apexdevtools.apexls.CheckForIssues";

const reportSchema = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      messages: z.array(
        z.object({
          start: z.object({ line: z.number() }),
          category: z.string(),
          message: z.string(),
        }),
      ),
    }),
  ),
});

/**
 * Checks types, names and calls of the package's Apex with apex-ls, an independent implementation of
 * Salesforce's compiler, including code that nothing uses.
 */
export async function checkApexSemantics(source: PackageSource): Promise<CheckOutcome> {
  const java = await findJava();
  if (!java) return { findings: [], skipped: javaMissing };
  const report = reportSchema.parse(JSON.parse(await runApexLs(java, source.root)));
  const findings: Finding[] = report.files.flatMap((file) =>
    file.messages.map(({ start, category, message }) => ({
      file: path.relative(path.resolve(source.root), file.path).split(path.sep).join("/"),
      line: start.line,
      message: `${category}: ${message}`,
    })),
  );
  return { findings };
}

async function runApexLs(java: JavaCommand, root: string): Promise<string> {
  const classPath = [
    ...(await prepareOlderClasses(java.majorVersion)),
    path.resolve(apexLsJarDirectory, "*"),
  ].join(path.delimiter);
  const workspace = path.resolve(root);
  const options = ["--nocache", "-w", workspace, "-f", "json", "-d", "unused"];
  try {
    const run = promisify(execFile);
    return (await run(java.path, ["-cp", classPath, MAIN_CLASS, ...options])).stdout;
  } catch (error) {
    // apex-ls ends with 4 when it reports errors; the report is on stdout all the same.
    if (hasReport(error)) return error.stdout;
    throw error;
  }
}

function hasReport(error: unknown): error is { stdout: string } {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === 4 &&
    "stdout" in error &&
    typeof error.stdout === "string"
  );
}
