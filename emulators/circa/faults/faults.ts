/** Keeps the faults that were ordered and hands each out as often as it was asked for. */
import type { z } from "zod";
import { seededRandom, type Random } from "../../random.ts";
import type { faultsBody, RequestFault, WebhookFault } from "./fault-rules.ts";

interface Armed<Fault> {
  readonly fault: Fault;
  /** Infinity for a fault with a probability and no number. */
  left: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** A request as fault rules look at it. */
export interface RequestTraits {
  readonly method: string;
  readonly path: string;
  readonly caller: "integration" | "person";
  /** Of a list, counted from 1. */
  readonly page: number;
  /** As it came; blank without one. */
  readonly body: string;
}

const defaultSeed = 1;

export class Faults {
  #requests: Armed<RequestFault>[] = [];
  #webhooks: Armed<WebhookFault>[] = [];
  #random: Random = seededRandom(defaultSeed);

  arm(body: z.infer<typeof faultsBody>): void {
    if (body.clear) this.clear();
    if (body.seed !== undefined) this.#random = seededRandom(body.seed);
    this.#requests.push(...body.requests.map(armed));
    this.#webhooks.push(...body.webhooks.map(armed));
  }

  clear(): void {
    this.#requests = [];
    this.#webhooks = [];
    this.#random = seededRandom(defaultSeed);
  }

  /** The fault that strikes this request, if any. */
  takeForRequest({ method, path, caller, page, body }: RequestTraits): RequestFault | undefined {
    return this.#take(
      this.#requests,
      (fault) =>
        (fault.method ?? method) === method &&
        (fault.path ?? path) === path &&
        (fault.caller ?? caller) === caller &&
        (fault.kind !== "drift" || page > 1) &&
        (fault.kind !== "refuse_value" || body.includes(`:${JSON.stringify(fault.value)}`)),
    );
  }

  /** The fault that strikes this delivery, if any. */
  takeForWebhook(type: string): WebhookFault | undefined {
    return this.#take(this.#webhooks, (fault) => fault.types?.includes(type) ?? true);
  }

  /** A whole number of milliseconds between 0 and `mostMs`. */
  randomDelayMs(maxMs: number): number {
    return Math.round(this.#random() * maxMs);
  }

  /** What is still to come, as the control endpoint shows it. */
  describe() {
    const show = <Fault>({ fault, left }: Armed<Fault>) => ({
      ...fault,
      times_left: Number.isFinite(left) ? left : null,
    });
    return { requests: this.#requests.map(show), webhooks: this.#webhooks.map(show) };
  }

  #take<Fault extends { probability?: number | undefined } | object>(
    rules: Armed<Fault>[],
    matches: (fault: Fault) => boolean,
  ): Fault | undefined {
    for (const rule of [...rules]) {
      if (rule.until < Date.now()) {
        rules.splice(rules.indexOf(rule), 1);
        continue;
      }
      if (!matches(rule.fault)) continue;
      const probability = "probability" in rule.fault ? (rule.fault.probability ?? 1) : 1;
      if (probability < 1 && this.#random() >= probability) continue;
      rule.left -= 1;
      if (rule.left <= 0) rules.splice(rules.indexOf(rule), 1);
      return rule.fault;
    }
    return undefined;
  }
}

function armed<Fault extends RequestFault | WebhookFault>(fault: Fault): Armed<Fault> {
  const isChance = "probability" in fault && fault.probability !== undefined;
  const forMs = "for_ms" in fault ? fault.for_ms : undefined;
  const left = fault.times ?? (isChance || forMs !== undefined ? Infinity : 1);
  return { fault, left, until: Date.now() + (forMs ?? Infinity) };
}
