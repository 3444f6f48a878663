/** Starts the two emulators with their seed, and a temporary folder for what must be files. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import { checkPorts } from "./port-check.ts";
import type { EmulatorsLine } from "./ready-line.ts";
import type { DemoSettings } from "./settings.ts";

/** What the starting demo reports, in words. */
export type Progress = (step: string) => void;

export interface RunningEmulators {
  readonly line: EmulatorsLine;
  /** Holds the private key and the database; gone after `close`. */
  readonly folder: string;
  close(): Promise<void>;
}

/** @throws DemoError when a port is taken */
export async function startEmulatorsOnly(
  settings: DemoSettings & { readonly bare?: boolean },
  progress: Progress,
): Promise<RunningEmulators> {
  await checkPorts({
    SALESFORCE_PORT: settings.salesforcePort,
    CIRCA_PORT: settings.circaPort,
  });
  progress(`Starting a local Salesforce and a local Circa with ${settings.links} connected Events`);
  const emulators = await startEmulators({ ...settings, install: true });
  const folder = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeFolder);
  const privateKeyFile = join(folder, "integration.pem");
  writeFileSync(privateKeyFile, emulators.salesforce.integration.privateKeyPem, { mode: 0o600 });
  return {
    line: describeEmulators(emulators, privateKeyFile),
    folder,
    close: async () => {
      await emulators.close();
      removeFolder();
      process.off("exit", removeFolder);
    },
  };
}

function describeEmulators(
  { salesforce, circa }: Emulators,
  privateKeyFile: string,
): EmulatorsLine {
  const { username, clientId, clientSecret, accessToken } = salesforce.integration;
  return {
    ready: true,
    salesforce: {
      url: salesforce.url,
      apiVersion: salesforce.apiVersion,
      integration: { username, clientId, clientSecret, privateKeyFile, accessToken },
      person: {
        username: salesforce.person.username,
        accessToken: salesforce.person.accessToken,
      },
    },
    circa: {
      url: circa.url,
      api: circa.api,
      integration: { apiKey: circa.integration.apiKey },
      person: { apiKey: circa.person.apiKey },
    },
  };
}
