/** Starts everything the demo consists of, and ends it again in order. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { DemoError } from "./demo-error.ts";
import { middlewareEnvironment } from "./middleware-environment.ts";
import { startMiddleware, type MiddlewareProcess } from "./middleware-process.ts";
import { checkPorts } from "./port-check.ts";
import type { ReadyLine } from "./ready-line.ts";
import type { DemoSettings } from "./settings.ts";
import { startEmulatorsOnly, type Progress, type RunningEmulators } from "./start-emulators.ts";
import { createHttpClient } from "./story/http.ts";

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
  await buildMiddleware();
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
  const webhookSecret = `whsec_${randomBytes(24).toString("base64")}`;
  const adminToken = randomBytes(24).toString("base64url");
  const env = middlewareEnvironment(emulators, settings, { webhookSecret, adminToken });
  progress("Starting the middleware, which reads the mappings and opens the stream");
  let running = await startMiddleware({ env, onLogLine });
  const webhooks = `${running.url}/webhooks/circa/default`;
  try {
    const { circa } = emulators.line;
    await createHttpClient(circa.api, circa.integration.apiKey).send("POST", "/webhooks", {
      url: webhooks,
      types: webhookTypes,
      secret: webhookSecret,
    });
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

const webhookTypes = [
  "event.created",
  "event.updated",
  "event.deleted",
  "event.connected",
  "event.disconnected",
  "field.created",
  "field.updated",
  "field.deleted",
];

async function buildMiddleware(): Promise<void> {
  const build = spawn(process.execPath, ["scripts/build.mjs"], { stdio: ["ignore", 2, 2] });
  const [code] = (await once(build, "exit")) as [number | null];
  if (code !== 0) throw new DemoError("The middleware could not be built; the reason is above.");
}
