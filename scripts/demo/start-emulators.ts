/** Starts the two emulators with their seed, and prepares the middleware between them. */
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import { middlewareSettings, type MiddlewareSettings } from "../support/middleware-settings.ts";
import { checkPorts } from "./port-check.ts";
import type { EmulatorsLine } from "./ready-line.ts";
import type { DemoSettings } from "./settings.ts";

/** What the starting demo reports, in words. */
export type Progress = (step: string) => void;

export interface RunningEmulators {
  readonly line: EmulatorsLine;
  /** Their folder is gone after `close`. */
  readonly middleware: MiddlewareSettings;
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
  const middleware = middlewareSettings(emulators);
  return {
    line: describeEmulators(emulators, middleware.privateKeyFile),
    middleware,
    close: async () => {
      await emulators.close();
      middleware.removeFolder();
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
