/** Webhook messages about Events and fields. */
import { has, type Circa } from "../circa.ts";
import type { Actor, EventRow, FieldRow } from "../entities.ts";
import { eventName, formatEvent, formatField } from "../formatters.ts";
import type { WebhookType } from "../webhooks/delivery.ts";

type EventMessage = Extract<WebhookType, `event.${string}`>;
type FieldMessage = Extract<WebhookType, `field.${string}`>;

export function announceEvent(
  circa: Circa,
  type: EventMessage,
  event: EventRow,
  changed: readonly string[],
  actor: Actor,
): void {
  if (!has(circa, "webhooks")) return;
  const data = {
    ...formatEvent(event, circa.store, circa.settings),
    changed,
    actor: { type: actor.type, id: actor.person.id, email: actor.person.email },
  };
  circa.webhooks.send(type, data, eventName(event));
}

export function announceField(circa: Circa, type: FieldMessage, field: FieldRow): void {
  if (!has(circa, "webhooks")) return;
  circa.webhooks.send(type, formatField(field, circa.settings), field.label);
}
