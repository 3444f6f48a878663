/** What the door is told when it opens, and what it tells. All of it can be sent between threads. */
import type { Step } from "../../runtime/failpoints.ts";
import type { Refusal } from "../../intake/webhooks/refusals.ts";

export interface DoorSettings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Where the rest of the service listens, on this machine alone. */
  readonly servicePort: number;
  readonly tenant: string;
  readonly secrets: readonly string[];
  readonly inbox:
    | {
        readonly kind: "journal";
        readonly folder: string;
        /** @default 64 MB: what waits above it is refused */
        readonly maxWaitingBytes?: number;
        /** Of `JournalMarks`. */
        readonly marks: SharedArrayBuffer;
      }
    | { readonly kind: "postgres"; readonly url: string };
}

/** How often a webhook was accepted, or refused in this way. */
export interface Tally {
  /** null: accepted. */
  readonly refusal: Refusal | null;
  readonly count: number;
}

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

export interface DoorEvents {
  /** Webhooks are durable and wait. */
  onKept(): void;
  onAnswered(tallies: readonly Tally[]): void;
  onLog(line: LogLine): void;
  onFailpoint(step: Step): void;
}

export interface OpenDoor {
  /** Without a slash at its end. */
  readonly url: string;
  /** Accepts no more and ends what is under way, within 2 s; nobody writes to the inbox then. */
  close(): Promise<void>;
}
