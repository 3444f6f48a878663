import type { Runtime } from "./runtime.ts";

let active: Runtime | null = null;

/**
 * The runtime whose Apex runs right now. Apex runs in one turn of the event loop, so there is at
 * most one; code deep in values (a Set that asks a key for its hash code) finds it here.
 */
export function activeRuntime(): Runtime {
  if (!active) throw new Error("No Apex is running");
  return active;
}

/** Makes `runtime` the active one for `work`; nested calls restore the one before. */
export function whileActive<Result>(runtime: Runtime, work: () => Result): Result {
  const before = active;
  active = runtime;
  try {
    return work();
  } finally {
    active = before;
  }
}
