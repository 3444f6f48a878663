/** The pinned Salesforce CLI with a home of its own, as a developer's machine has it. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";

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
    const bin = path.resolve("node_modules/@salesforce/cli/bin/run.js");
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
