/** Turns what happened in Circa into its webhooks. */
import type { CircaMessage } from "../../middleware/intake/webhooks/webhook-message.ts";
import type { World } from "../world.ts";
import type { EventRow } from "./workspace.ts";

export function announceEvent(
  { webhooks, workspace }: World,
  type: Extract<CircaMessage, { kind: "event" }>["type"],
  row: EventRow,
): void {
  const answer = workspace.answerOf(row);
  webhooks.send((id) => ({ kind: "event", id, type, answer }), row.id);
}

export function announceField({ webhooks }: World, key: string): void {
  webhooks.send((id) => ({ kind: "field", id }), `field ${key}`);
}
