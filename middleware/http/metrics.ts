/** Figures for Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import { systemClock } from "../runtime/clock.ts";
import { withTimeout } from "../runtime/timeouts.ts";

/** Of all figures but those of the process itself, which prom-client names. */
export const prefix = "event_info_sync_";

export interface Metrics {
  readonly registry: Registry;
  readonly webhooks: Counter<"outcome">;
  /** Accepted webhooks that could not be applied. */
  readonly unreadable: Counter;
  /** Refused requests of every kind. */
  readonly refused: Counter<"status" | "reason">;
  /** Changes that the sweep found and no notification announced. */
  readonly missed: Counter<"cause">;
  /**
   * Read when scraped; `NaN` where it can't be read in time: the others are shown all the same.
   * @param name without the prefix
   */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const webhooks = new Counter({
    name: `${prefix}webhooks_total`,
    help: "Webhooks by the HTTP status they were answered with",
    labelNames: ["outcome"] as const,
    registers: [registry],
  });
  const refused = new Counter({
    name: `${prefix}http_requests_refused_total`,
    help: "Refused requests, by HTTP status and reason",
    labelNames: ["status", "reason"] as const,
    registers: [registry],
  });
  const missed = new Counter({
    name: `${prefix}sweep_missed_total`,
    help: "Changes that the sweep found and that no notification announced, by cause",
    labelNames: ["cause"] as const,
    registers: [registry],
  });
  const unreadable = new Counter({
    name: `${prefix}webhooks_unreadable_total`,
    help: "Accepted webhooks that could not be applied: their Events were asked for instead",
    registers: [registry],
  });
  return {
    registry,
    webhooks,
    unreadable,
    refused,
    missed,
    gauge(name, help, read) {
      new Gauge({
        name: `${prefix}${name}`,
        help,
        registers: [registry],
        async collect() {
          this.set(await readInTime(read));
        },
      });
    },
  };
}

const answersWithinMs = 2_000;

async function readInTime(read: () => number | Promise<number>): Promise<number> {
  try {
    const reading = Promise.resolve(read());
    const inTime = await withTimeout(systemClock, reading, answersWithinMs);
    return inTime ? await reading : Number.NaN;
  } catch {
    return Number.NaN;
  }
}
