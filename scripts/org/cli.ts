/** The Salesforce CLI of this repository, with the sign-ins that it keeps. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ToolMissingError } from "../tools/install-tool.ts";
import { salesforceCliProgram } from "../tools/salesforce-cli.ts";

/** Whatever folder the command is run in. */
const repository = fileURLToPath(new URL("../..", import.meta.url));

const quietEnvironment = {
  SF_DISABLE_TELEMETRY: "true",
  SF_DISABLE_AUTOUPDATE: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
};

/** A command that has to end: what went wrong, and what to do. */
export class OrgCommandError extends Error {
  override readonly name = "OrgCommandError";
}

/**
 * Runs a command of the CLI with its output on the screen.
 * @throws OrgCommandError naming the step when it fails
 */
export function sf(step: string, parts: readonly string[]): void {
  const { status, error } = spawnSync(
    process.execPath,
    [salesforceCliProgram(repository), ...parts],
    {
      stdio: "inherit",
      env: { ...process.env, ...quietEnvironment },
    },
  );
  if (error) throw error;
  if (status !== 0) {
    throw new OrgCommandError(`${step} did not succeed. The reason stands above.`);
  }
}

/** Runs a command for its answer. */
export function askSf(parts: readonly string[]): { status: number; result: unknown } {
  const { status, stdout, error } = spawnSync(
    process.execPath,
    [salesforceCliProgram(repository), ...parts, "--json"],
    {
      encoding: "utf8",
      env: { ...process.env, ...quietEnvironment },
    },
  );
  if (error) throw error;
  return { status: status ?? 1, result: readResult(stdout) };
}

function readResult(text: string): unknown {
  try {
    const answer = JSON.parse(text) as { result?: unknown };
    return answer.result ?? null;
  } catch {
    return null;
  }
}

/**
 * The org that the command line or SF_TARGET_ORG names, and what else it names.
 * @throws OrgCommandError when none is named, or the CLI can't sign in to it
 */
export function requireOrg(howTo: string): { readonly alias: string; readonly rest: string[] } {
  const [alias = process.env["SF_TARGET_ORG"] ?? "", ...rest] = process.argv.slice(2);
  if (alias === "" || alias.startsWith("-")) throw new OrgCommandError(howTo);
  return { alias, rest };
}

const signedIn = z.object({ username: z.string() });

/**
 * @returns who is signed in
 * @throws OrgCommandError when the CLI has no sign-in for the org that works
 */
export function requireSignIn(alias: string, howTo: string): { readonly username: string } {
  const { status, result } = askSf(["org", "display", "--target-org", alias]);
  const user = signedIn.safeParse(result);
  if (status === 0 && user.success) return user.data;
  throw new OrgCommandError(
    `The Salesforce CLI has no working sign-in for "${alias}".\n\n${howTo}`,
  );
}

/** Runs a script's work; an expected failure is printed in its words, with exit status 2. */
export function runOrgCommand(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof OrgCommandError || error instanceof ToolMissingError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
