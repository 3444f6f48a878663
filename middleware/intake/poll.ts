/** Stands in for webhooks where Circa has none. */
import { describeError, SystemError } from "../errors.ts";
import { pollCirca, type PollCircaParts } from "./sweep-events.ts";
import type { SweepParts } from "./sweep-parts.ts";

const pollIntervalMs = 60_000;

export interface PollParts extends PollCircaParts {
  readonly leases: SweepParts["leases"];
  readonly log: SweepParts["log"];
  /** Links are due. */
  readonly onSignal: () => void;
}

/**
 * Asks Circa every minute what has moved, in whichever process holds the lease, until `stopping`
 * is aborted.
 */
export async function pollEvents(parts: PollParts, stopping: AbortSignal): Promise<void> {
  await parts.leases.hold("poll", (lost) => pollUntil(parts, lost), stopping);
}

async function pollUntil(parts: PollParts, lost: AbortSignal): Promise<void> {
  while (!lost.aborted) {
    try {
      await pollCirca(parts, lost);
      parts.onSignal();
    } catch (error) {
      // While calls are held back, that is logged once, by those who hold them.
      const level = error instanceof SystemError && error.kind === "held" ? "debug" : "warn";
      parts.log[level]({ error: describeError(error) }, "Circa can't be polled; trying again");
    }
    await parts.clock.sleep(pollIntervalMs, lost);
  }
}
