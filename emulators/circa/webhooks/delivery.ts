/** Webhook endpoints, and the deliveries to them. */
export const webhookTypes = [
  "event.created",
  "event.updated",
  "event.deleted",
  "event.connected",
  "event.disconnected",
  "field.created",
  "field.updated",
  "field.deleted",
] as const;
export type WebhookType = (typeof webhookTypes)[number];

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly types: readonly WebhookType[];
  /** Nothing is sent to one that is switched off. */
  readonly enabled: boolean;
  readonly secret: string;
  /** While a secret rotates, deliveries carry a signature of each. */
  readonly previousSecret: string | null;
  readonly createdAt: Date;
}

export const deliveryStates = ["pending", "delivered", "failed", "dropped"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface Attempt {
  readonly at: Date;
  readonly durationMs: number;
  /** Null when no answer came. */
  readonly httpStatus: number | null;
  readonly error: string | null;
}

/** One message to one endpoint, with all its attempts. */
export interface Delivery {
  /** The `webhook-id`: the same at every endpoint and in every attempt. */
  readonly messageId: string;
  readonly endpointId: string;
  readonly url: string;
  readonly type: WebhookType;
  /** Name of the Event or label of the field it is about. */
  readonly subject: string;
  readonly body: string;
  readonly createdAt: Date;
  readonly attempts: readonly Attempt[];
  readonly state: DeliveryState;
  readonly nextAttemptAt: Date | null;
}
