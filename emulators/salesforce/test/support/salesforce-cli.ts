/** The pinned Salesforce CLI with a home of its own, as a developer's machine has it. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { SalesforceEmulator } from "../../index.ts";
import { whyToolIsMissing } from "../../../../scripts/tools/install-tool.ts";
import { salesforceCliProgram } from "../../../../scripts/tools/salesforce-cli.ts";

/**
 * `describe`, for tests that need the CLI, which they install if they must. Where that can't be done they are
 * skipped, but never on a build server, where they would prove nothing without anybody noticing.
 */
export function describeWithCli(name: string, tests: () => void): void {
  const missing = whyToolIsMissing("salesforce-cli");
  if (missing !== null) console.warn(missing);
  (missing === null || Boolean(process.env["CI"]) ? describe : describe.skip)(name, tests);
}

export interface SalesforceCli {
  /** What the CLI and `@salesforce/core` need to know, for processes that use its sign-ins. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs one command; a refusal is not an error but says so in its status. */
  run(...args: string[]): Promise<{ status: number; result: unknown }>;
  /** Signs the org's admin in by access token under this alias. */
  signInAdmin(
    emulator: Pick<SalesforceEmulator, "url" | "person">,
    alias: string,
  ): Promise<{ status: number; result: unknown }>;
  /** Signs the integration in by JWT under this alias. */
  signIn(
    emulator: Pick<SalesforceEmulator, "url" | "integration">,
    alias: string,
  ): Promise<{ status: number; result: unknown }>;
}

/**
 * @param home an empty folder, or a project's
 * @param settings more of the CLI's environment variables
 */
export function salesforceCli(
  home: string,
  settings: Readonly<Record<string, string>> = {},
): SalesforceCli {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    SF_DISABLE_TELEMETRY: "true",
    SF_DISABLE_AUTOUPDATE: "true",
    SF_SKIP_NEW_VERSION_CHECK: "true",
    SF_DISABLE_LOG_FILE: "true",
    ...settings,
  };
  const runWith = async (more: Readonly<Record<string, string>>, args: readonly string[]) => {
    const bin = salesforceCliProgram();
    const run = promisify(execFile)(process.execPath, [bin, ...args, "--json"], {
      env: { ...env, ...more },
      cwd: home,
      maxBuffer: 50_000_000,
    });
    // The CLI says on stdout what went wrong, and exits with its status.
    const { stdout } = await run.catch((failure: unknown) => failure as { stdout: string });
    return JSON.parse(stdout) as { status: number; result: unknown };
  };
  const cli: SalesforceCli = {
    env,
    run: (...args) => runWith({}, args),
    signInAdmin: ({ url, person }, alias) =>
      runWith({ SF_ACCESS_TOKEN: person.accessToken }, [
        ...["org", "login", "access-token", "--instance-url", url, "--no-prompt"],
        ...["--alias", alias, "--set-default"],
      ]),
    async signIn({ url, integration }, alias) {
      const keyFile = path.join(home, "server.key");
      await writeFile(keyFile, integration.privateKeyPem, { mode: 0o600 });
      const { username, clientId } = integration;
      return cli.run(
        ...["org", "login", "jwt", "--username", username, "--client-id", clientId],
        ...["--jwt-key-file", keyFile, "--instance-url", url, "--alias", alias],
      );
    },
  };
  return cli;
}
