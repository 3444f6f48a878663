import type { ApexValue } from "../types/type.ts";

/** What values ask of the Apex that runs. */
export interface ActiveRuntime {
  readonly user: { readonly timeZone: string };
  /** Null where the class has no `hashCode` of its own. */
  hashOf(value: ApexValue): number | null;
  callEquals(left: ApexValue, right: ApexValue): boolean;
  callToString(value: ApexValue): string | null;
}

let active: ActiveRuntime | null = null;

/**
 * The runtime whose Apex runs right now. Apex runs in one turn of the event loop, so there is at
 * most one; code deep in values (a Set that asks a key for its hash code) finds it here.
 */
export function activeRuntime(): ActiveRuntime {
  if (!active) throw new Error("No Apex is running");
  return active;
}

/** Makes `runtime` the active one for `work`; nested calls restore the one before. */
export function whileActive<Result>(runtime: ActiveRuntime, work: () => Result): Result {
  const before = active;
  active = runtime;
  try {
    return work();
  } finally {
    active = before;
  }
}
