/** Opens the door in a thread of its own. */
import { Worker } from "node:worker_threads";
import type { Clock } from "../../runtime/clock.ts";
import { ConfigurationError } from "../../runtime/errors.ts";
import { openDoor } from "./door.ts";
import { createInboxWriter } from "./inbox-writer.ts";
import type { FromDoor, ToDoor, WorkerSettings } from "./messages.ts";
import type { DoorEvents, DoorSettings, OpenDoor } from "./settings.ts";

/** Bundled it lies beside this program, else it is run from its source. */
const fromSource = import.meta.url.endsWith(".ts");
const program = new URL(fromSource ? "./door-worker.ts" : "./door-worker.js", import.meta.url);
const aliveEveryMs = 1_000;
/** What is being sent to senders that have gone silent is left behind. */
const closesWithinMs = 4_000;
/** Bodies are no part of it; much more than a storm needs. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 24 };

export interface StartDoorParts {
  readonly settings: DoorSettings;
  readonly events: DoorEvents;
  /** Somebody listens to its steps. */
  readonly withFailpoints: boolean;
  /** @default the one beside this program */
  readonly workerProgram?: URL | undefined;
}

/**
 * Its death is an error that nothing handles: without a door the process is of no use.
 * @throws ConfigurationError when the address can't be listened on
 */
export async function startDoor(parts: StartDoorParts): Promise<OpenDoor> {
  const { settings, events } = parts;
  const failpoints = parts.withFailpoints ? new SharedArrayBuffer(4) : null;
  const workerData: WorkerSettings = { settings, failpoints };
  const options = { workerData, resourceLimits, name: "door" };
  const file = parts.workerProgram ?? program;
  const worker = file.pathname.endsWith(".ts")
    ? new Worker(runFromSource(file), { ...options, eval: true })
    : new Worker(file, options);
  let closing = false;
  const tell = (message: ToDoor) => worker.postMessage(message);
  const alive = setInterval(() => tell("alive"), aliveEveryMs);
  alive.unref();
  let onClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (onClosed = resolve));

  const url = await new Promise<string>((resolve, reject) => {
    let isOpen = false;
    worker.on("message", (message: FromDoor) => {
      switch (message.kind) {
        case "open":
          isOpen = true;
          resolve(message.url);
          break;
        case "failed":
          reject(new (message.isConfiguration ? ConfigurationError : Error)(message.error));
          break;
        case "kept":
          events.onKept();
          break;
        case "answered":
          events.onAnswered(message.tallies);
          break;
        case "log":
          events.onLog(message.line);
          break;
        case "failpoint":
          events.onFailpoint(message.step);
          if (failpoints !== null) goOn(failpoints);
          break;
        case "closed":
          onClosed();
      }
    });
    worker.on("error", (error) => {
      // Its end is told once.
      closing = true;
      if (!isOpen) reject(error);
      else throw error;
    });
    worker.on("exit", (code) => {
      onClosed();
      if (isOpen && !closing) throw new Error(`the door's thread has ended with ${code}`);
      reject(new Error(`the door's thread has ended with ${code}`));
    });
  }).catch(async (error: unknown) => {
    clearInterval(alive);
    await worker.terminate();
    throw error;
  });

  return {
    url,
    async close() {
      closing = true;
      clearInterval(alive);
      tell("close");
      const timer = setTimeout(onClosed, closesWithinMs);
      await closed;
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}

/** A thread of Node 20 does not know the loader that its process was started with. */
function runFromSource(file: URL): string {
  const address = JSON.stringify(file.href);
  return `import("tsx/esm/api").then(({ tsImport }) => tsImport(${address}, ${address}))`;
}

/** The same on this thread, for a clock that another one can't have. */
export async function openDoorHere(
  settings: DoorSettings,
  events: DoorEvents,
  clock: Clock,
): Promise<OpenDoor> {
  const inbox = await createInboxWriter(settings, events);
  const now = () => clock.now();
  return openDoor({ settings, events, inbox, now, serviceLives: () => true });
}

function goOn(failpoints: SharedArrayBuffer): void {
  const passed = new Int32Array(failpoints);
  Atomics.store(passed, 0, 1);
  Atomics.notify(passed, 0);
}
