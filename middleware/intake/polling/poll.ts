/** Stands in for webhooks where they can't be relied on. */
import { pollCirca, type PollCircaParts } from "../sweep/events.ts";

export interface PollParts extends PollCircaParts {
  /** Links are due. */
  readonly onLinksDue: () => void;
}

/** Asks Circa what has moved since it was asked last, or swept. @throws SystemError */
export async function pollOnce(parts: PollParts, stopping: AbortSignal): Promise<void> {
  await pollCirca(parts, stopping);
  parts.onLinksDue();
}
