/** The door's thread: opens it and passes on between the two threads. */
import { parentPort, workerData } from "node:worker_threads";
import { ConfigurationError, describeError } from "../../runtime/errors.ts";
import { systemClock } from "../../runtime/clock.ts";
import { openDoor } from "./door.ts";
import { createInboxWriter } from "./inbox-writer.ts";
import type { FromDoor, ToDoor, WorkerSettings } from "./messages.ts";
import type { DoorEvents } from "./settings.ts";

/** The service says each second that it runs. */
const diesAfterMs = 60_000;

const { settings, failpoints } = workerData as WorkerSettings;
if (parentPort === null) throw new Error("the door runs in a thread of the service's process");
const port = parentPort;
const tell = (message: FromDoor) => port.postMessage(message);
let heardAt = systemClock.elapsedMs();

const events = {
  onKept: () => tell({ kind: "kept" }),
  onAnswered: (tallies) => tell({ kind: "answered", tallies }),
  onLog: (line) => tell({ kind: "log", line }),
  onFailpoint(step) {
    if (failpoints === null) return;
    // A proof ends the process exactly here: nothing goes on until it has heard of the step.
    const passed = new Int32Array(failpoints);
    Atomics.store(passed, 0, 0);
    tell({ kind: "failpoint", step });
    Atomics.wait(passed, 0, 0);
  },
} satisfies DoorEvents;

try {
  const inbox = await createInboxWriter(settings, events);
  const door = await openDoor({
    settings,
    events,
    inbox,
    now: () => Date.now(),
    serviceLives: () => systemClock.elapsedMs() - heardAt < diesAfterMs,
  });
  port.on("message", (message: ToDoor) => {
    heardAt = systemClock.elapsedMs();
    if (message === "close") void door.close().then(() => tell({ kind: "closed" }));
  });
  tell({ kind: "open", url: door.url });
} catch (error) {
  const isConfiguration = error instanceof ConfigurationError;
  tell({ kind: "failed", isConfiguration, error: describeError(error) });
}
