import { formatTime } from "../formatters.ts";
import type { Delivery } from "./delivery.ts";

/** A delivery as the control endpoint shows it. */
export function formatDelivery(delivery: Delivery) {
  return {
    webhook_id: delivery.messageId,
    endpoint_id: delivery.endpointId,
    url: delivery.url,
    type: delivery.type,
    subject: delivery.subject,
    state: delivery.state,
    created_at: formatTime(delivery.createdAt),
    next_attempt_at: delivery.nextAttemptAt && delivery.nextAttemptAt.toISOString(),
    attempts: delivery.attempts.map(({ at, durationMs, httpStatus, error }) => ({
      at: at.toISOString(),
      duration_ms: durationMs,
      http_status: httpStatus,
      error,
    })),
    body: JSON.parse(delivery.body) as unknown,
  };
}
