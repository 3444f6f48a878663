/** The last deliveries, newest first, and counts of all of them. */
import { deliveryStates, type Attempt, type Delivery, type DeliveryState } from "./delivery.ts";

const kept = 500;

export class DeliveryLog {
  readonly #deliveries = new Map<string, Delivery>();
  readonly #pending = new Set<string>();
  #messages = 0;
  #attempts = 0;
  #failedAttempts = 0;
  #ended: Record<Exclude<DeliveryState, "pending">, number> = noneEnded();

  add(delivery: Delivery): void {
    this.#messages += 1;
    this.put(delivery);
  }

  /** Puts a delivery's newer state in place of the older. */
  put(delivery: Delivery): void {
    const key = keyOf(delivery.messageId, delivery.endpointId);
    if (delivery.state === "pending") {
      this.#pending.add(key);
    } else {
      this.#pending.delete(key);
      this.#ended[delivery.state] += 1;
    }
    this.#deliveries.set(key, delivery);
    while (this.#deliveries.size > kept) {
      const [oldest] = this.#deliveries.keys();
      if (oldest === undefined) break;
      this.#deliveries.delete(oldest);
    }
  }

  countAttempt(attempt: Attempt): void {
    this.#attempts += 1;
    if (attempt.error !== null) this.#failedAttempts += 1;
  }

  newestFirst(): Delivery[] {
    return [...this.#deliveries.values()].reverse();
  }

  find(messageId: string, endpointId: string): Delivery | undefined {
    return this.#deliveries.get(keyOf(messageId, endpointId));
  }

  counts() {
    const { delivered, failed, dropped } = this.#ended;
    return {
      messages: this.#messages,
      attempts: this.#attempts,
      failed_attempts: this.#failedAttempts,
      delivered,
      failed,
      dropped,
      pending: this.#pending.size,
    };
  }

  clear(): void {
    this.#deliveries.clear();
    this.#pending.clear();
    this.#messages = 0;
    this.#attempts = 0;
    this.#failedAttempts = 0;
    this.#ended = noneEnded();
  }
}

const keyOf = (messageId: string, endpointId: string) => `${messageId} ${endpointId}`;

function noneEnded() {
  const ended = deliveryStates.filter((state) => state !== "pending").map((state) => [state, 0]);
  return Object.fromEntries(ended) as Record<Exclude<DeliveryState, "pending">, number>;
}
