/** Starts everything the demo consists of, and ends it again in order. */
import { DemoError } from "./demo-error.ts";
import { addEndpoint } from "../support/middleware-settings.ts";
import {
  buildMiddleware,
  startMiddleware,
  type MiddlewareProcess,
} from "../support/middleware-process.ts";
import { checkPorts } from "./port-check.ts";
import type { ReadyLine } from "./ready-line.ts";
import type { DemoSettings } from "./settings.ts";
import { startEmulatorsOnly, type Progress, type RunningEmulators } from "./start-emulators.ts";

export interface Demo {
  readonly line: ReadyLine;
  readonly middleware: MiddlewareControl;
  close(): Promise<void>;
}

/** The middleware's process, which the story stops and starts again on the same port. */
export interface MiddlewareControl {
  readonly url: string;
  /** The process that runs now, or ran last. */
  current(): MiddlewareProcess;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @throws DemoError when a part does not start; what had started is ended again */
export async function startDemo(
  settings: DemoSettings,
  progress: Progress,
  onLogLine: (line: string) => void,
): Promise<Demo> {
  await checkPorts({ PORT: settings.middlewarePort });
  progress("Building the middleware");
  try {
    buildMiddleware();
  } catch {
    throw new DemoError("The middleware could not be built; the reason is above.");
  }
  const emulators = await startEmulatorsOnly(settings, progress);
  try {
    return await addMiddleware(emulators, settings, progress, onLogLine);
  } catch (error) {
    await emulators.close();
    throw error;
  }
}

async function addMiddleware(
  emulators: RunningEmulators,
  settings: DemoSettings,
  progress: Progress,
  onLogLine: (line: string) => void,
): Promise<Demo> {
  const { webhookSecret, adminToken, environment } = emulators.middleware;
  const env = environment({
    SALESFORCE_API_VERSION: emulators.line.salesforce.apiVersion,
    HOST: "127.0.0.1",
    PORT: String(settings.middlewarePort),
    SWEEP_INTERVAL_SECONDS: String(settings.sweepIntervalSeconds),
    LOG_LEVEL: settings.logLevel,
  });
  progress("Starting the middleware, which reads the mappings and opens the stream");
  let running = await startMiddleware({ env, onLogLine });
  const webhooks = `${running.url}/webhooks/circa/default`;
  try {
    await addEndpoint(emulators.line.circa, webhooks, webhookSecret);
  } catch (error) {
    await running.stop();
    throw error;
  }
  const { url, pid } = running;
  return {
    line: {
      ...emulators.line,
      middleware: { url, webhooks, webhookSecret, adminToken, pid },
    },
    middleware: {
      url,
      current: () => running,
      stop: () => running.stop(),
      start: async () => {
        running = await startMiddleware({ env: { ...env, PORT: new URL(url).port }, onLogLine });
      },
    },
    close: async () => {
      await running.stop();
      await emulators.close();
    },
  };
}
