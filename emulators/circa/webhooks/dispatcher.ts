/**
 * Sends webhooks: every message to every endpoint that wants its type, retried on the schedule,
 * with the ordered faults applied before the first attempt. Keeps the last deliveries to look at.
 */
import { randomUUID } from "node:crypto";
import pLimit, { type LimitFunction } from "p-limit";
import type { WebhookFault } from "../faults/fault-rules.ts";
import type { Faults } from "../faults/faults.ts";
import { leaveOut } from "../faults/leave-out.ts";
import { attemptDelivery } from "./attempt.ts";
import type { Delivery, Endpoint, WebhookType } from "./delivery.ts";
import { DeliveryLog } from "./delivery-log.ts";
import { retryDelayMs } from "./retry-schedule.ts";

interface DispatcherOptions {
  readonly now: () => Date;
  readonly faults: Faults;
  readonly retryScale: number;
  readonly timeoutMs: number;
}

const attemptsAtOnce = 64;

export class WebhookDispatcher {
  readonly endpoints = new Map<string, Endpoint>();
  readonly log = new DeliveryLog();
  readonly #options: DispatcherOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #limits = new Map<string, LimitFunction>();
  #closing = new AbortController();
  #held: Delivery[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Queues a message; `subject` names in people's words what it is about. */
  send(type: WebhookType, data: object, subject: string): void {
    const at = this.#options.now();
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
    const messageId = `msg_${randomUUID().replaceAll("-", "")}`;
    for (const endpoint of this.endpoints.values()) {
      if (!endpoint.enabled || !endpoint.types.includes(type)) continue;
      const delivery: Delivery = {
        messageId,
        endpointId: endpoint.id,
        url: endpoint.url,
        type,
        subject,
        body,
        createdAt: at,
        attempts: [],
        state: "pending",
        nextAttemptAt: at,
      };
      this.log.add(delivery);
      this.#start(delivery, this.#options.faults.takeForWebhook(type));
    }
  }

  /** Sends a delivery once more, with its own id. */
  resend(delivery: Delivery): void {
    const again: Delivery = { ...delivery, state: "pending" };
    this.log.put(again);
    void this.#attempt(again);
  }

  /** Forgets the log and all that is still to be sent; endpoints stay. */
  reset(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#held = [];
    this.log.clear();
  }

  #start(delivery: Delivery, fault: WebhookFault | undefined): void {
    switch (fault?.kind) {
      case "drop":
        this.log.put({ ...delivery, state: "dropped", nextAttemptAt: null });
        return;
      case "duplicate":
        void this.#attempt(delivery);
        void this.#attempt(delivery);
        return;
      case "delay": {
        const { delay_ms: delayMs, random } = fault;
        this.#later(delivery, random ? this.#options.faults.randomDelayMs(delayMs) : delayMs);
        return;
      }
      case "partial":
        void this.#attempt({
          ...delivery,
          body: JSON.stringify(leaveOut(JSON.parse(delivery.body), fault)),
        });
        return;
      case "reorder":
        this.#hold(delivery, fault.times, fault.hold_ms);
        return;
      case undefined:
        void this.#attempt(delivery);
    }
  }

  #hold(delivery: Delivery, count: number, holdMs: number): void {
    this.#held.push(delivery);
    if (this.#held.length >= count) void this.#releaseReversed();
    else if (this.#held.length === 1) this.#afterMs(holdMs, () => void this.#releaseReversed());
  }

  async #releaseReversed(): Promise<void> {
    const held = this.#held.reverse();
    this.#held = [];
    // One after the other, so that the wrong order is certain.
    for (const delivery of held) await this.#attempt(delivery);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const endpoint = this.endpoints.get(delivery.endpointId);
    if (!endpoint) {
      this.log.put({ ...delivery, state: "failed", nextAttemptAt: null });
      return;
    }
    const closing = this.#closing.signal;
    const attempt = await this.#limitOf(endpoint)(() =>
      attemptDelivery(delivery, endpoint, { ...this.#options, closing }),
    );
    if (closing.aborted) return;
    this.log.countAttempt(attempt);
    const attempts = [...delivery.attempts, attempt];
    const waitMs = attempt.error === null ? null : this.#retryDelayMs(attempts.length);
    const state = attempt.error === null ? "delivered" : waitMs === null ? "failed" : "pending";
    const after: Delivery = { ...delivery, attempts, state, nextAttemptAt: null };
    if (waitMs === null) this.log.put(after);
    else this.#later(after, waitMs);
  }

  #retryDelayMs(attempts: number): number | null {
    return retryDelayMs(attempts, this.#options.retryScale);
  }

  #later(delivery: Delivery, waitMs: number): void {
    const nextAttemptAt = new Date(this.#options.now().getTime() + waitMs);
    const waiting: Delivery = { ...delivery, nextAttemptAt };
    this.log.put(waiting);
    this.#afterMs(waitMs, () => void this.#attempt(waiting));
  }

  #afterMs(waitMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, waitMs);
    this.#timers.add(timer);
  }

  #limitOf(endpoint: Endpoint): LimitFunction {
    const known = this.#limits.get(endpoint.id) ?? pLimit(attemptsAtOnce);
    this.#limits.set(endpoint.id, known);
    return known;
  }
}
