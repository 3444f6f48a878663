/** Stands in for webhooks where Circa has none. */
import { describeError, SystemError } from "../errors.ts";
import { pollCirca } from "./sweep-events.ts";
import type { SweepParts } from "./sweep-parts.ts";

const pollIntervalMs = 60_000;

/** Asks Circa every minute what has moved, until `signal` is aborted. */
export async function pollEvents(
  parts: SweepParts & { onSignal: () => void },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await pollCirca(parts);
      parts.onSignal();
    } catch (error) {
      // While calls are held back, that is logged once, by those who hold them.
      const level = error instanceof SystemError && error.kind === "held" ? "debug" : "warn";
      parts.log[level]({ error: describeError(error) }, "Circa can't be polled; trying again");
    }
    await parts.clock.sleep(pollIntervalMs, signal);
  }
}
