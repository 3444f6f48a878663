import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { apexFormatCommand } from "../../tools/apex-format.ts";
import { whyToolIsMissing } from "../../tools/install-tool.ts";
import type { CheckOutcome } from "../finding.ts";

/**
 * Names the Apex files that `npm run format` would change.
 * @param named the files that are looked at, @default all Apex
 */
export async function checkApexFormat(named: readonly string[] = []): Promise<CheckOutcome> {
  const missing = whyToolIsMissing("apex-format");
  if (missing !== null) return { findings: [], skipped: missing };
  const child = spawn(process.execPath, [...apexFormatCommand(named), "--list-different"]);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [names, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const findings = names
    .split("\n")
    .filter((file) => file !== "")
    .map((file) => ({ file, message: "is not formatted: npm run format" }));
  if (code !== 0 && findings.length === 0) throw new Error(errors);
  return { findings };
}
