/** What an accepted webhook says, as far as the sync needs it. Pure. */
import type { EventAnswer } from "../../systems/circa/client.ts";
import { eventSchema } from "../../systems/circa/schemas.ts";
import {
  isEventType,
  readEnvelope,
  type EventWebhookType,
} from "../../systems/circa/webhook-shape.ts";
import { parseExactJson } from "../../systems/http/exact-json.ts";

export type CircaMessage =
  | {
      readonly kind: "event";
      readonly id: string;
      readonly type: EventWebhookType;
      readonly answer: EventAnswer;
    }
  | { readonly kind: "field"; readonly id: string };

/** @throws when it can't be read, though it was accepted */
export function readWebhook(id: string, body: string): CircaMessage {
  const envelope = readEnvelope(parseExactJson(body));
  if (typeof envelope === "string") throw new TypeError(envelope);
  const { type, data } = envelope;
  if (!isEventType(type)) return { kind: "field", id };
  const event = eventSchema.parse(data);
  // `changed` and `actor` describe the delivery, not the Event.
  const { changed: _changed, actor: _actor, ...kept } = data;
  return { kind: "event", id, type, answer: { event, body: kept } };
}
