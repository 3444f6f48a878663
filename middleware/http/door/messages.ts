/** What the two threads send each other. */
import type { Step } from "../../runtime/failpoints.ts";
import type { DoorSettings, LogLine, Tally } from "./settings.ts";

export interface WorkerSettings {
  readonly settings: DoorSettings;
  /** Where the door waits at each step until it is told to go on; null: nobody listens to them. */
  readonly failpoints: SharedArrayBuffer | null;
}

/** `alive`: the service's event loop runs. */
export type ToDoor = "alive" | "close";

export type FromDoor =
  | { readonly kind: "open"; readonly url: string }
  | { readonly kind: "failed"; readonly isConfiguration: boolean; readonly error: string }
  | { readonly kind: "kept" }
  | { readonly kind: "answered"; readonly tallies: readonly Tally[] }
  | { readonly kind: "log"; readonly line: LogLine }
  | { readonly kind: "failpoint"; readonly step: Step }
  | { readonly kind: "closed" };
