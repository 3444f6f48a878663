/**
 * The sweep: asks both systems what has changed since the last one and signals what no webhook
 * and no event has told. Its count of such findings is the proof that the immediate paths live.
 */
import type { Clock } from "../clock.ts";
import { describeError } from "../errors.ts";
import { forgetDeliveries } from "../jobs/storage/deliveries.ts";
import type { Database } from "../jobs/storage/database.ts";
import { endRun, startRun } from "../jobs/storage/runs.ts";
import type { Log } from "../log.ts";
import { sweepCampaigns } from "./sweep-campaigns.ts";
import { sweepEvents } from "./sweep-events.ts";
import type { SweepParts } from "./sweep-parts.ts";
import { sweepPicklists } from "./sweep-picklists.ts";
import { takeMappings } from "./take-mappings.ts";

/** Longer than any sender retries: Circa gives up after about 31 hours. */
const keepDeliveriesMs = 72 * 3_600_000;

export interface SweepFindings {
  /** Links that differed though nothing had signalled them. */
  readonly missed: number;
  readonly campaignsRead: number;
  readonly eventsRead: number;
}

export interface SweepSchedulerParts extends SweepParts {
  readonly intervalSeconds: number;
  readonly onSignal: () => void;
}

export class Sweep {
  readonly #parts: SweepSchedulerParts;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #running: Promise<SweepFindings> | null = null;

  constructor(parts: SweepSchedulerParts) {
    this.#parts = parts;
  }

  /** Sweeps once per time slot, whichever process comes first. */
  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#running?.catch(() => undefined);
  }

  /**
   * Sweeps now, outside the schedule; joins a sweep that is under way.
   * @throws SystemError when one of the systems can't be read
   */
  now(): Promise<SweepFindings> {
    this.#running ??= this.#sweep(`now-${this.#parts.clock.uuid()}`).finally(
      () => (this.#running = null),
    );
    return this.#running;
  }

  async #run(): Promise<void> {
    const { clock, intervalSeconds, log } = this.#parts;
    if (intervalSeconds === 0) return;
    const intervalMs = intervalSeconds * 1_000;
    const { signal } = this.#stopping;
    for (;;) {
      const slot = Math.floor(clock.now() / intervalMs) + 1;
      await clock.sleep(slot * intervalMs - clock.now(), signal);
      if (this.#stopping.signal.aborted) return;
      this.#running ??= this.#sweep(`slot-${intervalSeconds}-${slot}`).finally(
        () => (this.#running = null),
      );
      await this.#running.catch((error: unknown) =>
        log.warn({ error: describeError(error) }, "the sweep failed; the next one covers its time"),
      );
    }
  }

  async #sweep(slot: string): Promise<SweepFindings> {
    const { database, connection, clock, log, onSignal, atStep } = this.#parts;
    const nothing = { missed: 0, campaignsRead: 0, eventsRead: 0 };
    const id = await startRun(database.query, connection, "sweep", slot, clock.now());
    if (id === null) return nothing;
    atStep("sweep_started");
    try {
      await takeMappings(this.#parts, "if_modified");
      await sweepPicklists(this.#parts);
      const events = await sweepEvents(this.#parts, "sweep", "sweep_circa");
      const campaigns = await sweepCampaigns(this.#parts);
      await forgetDeliveries(database.query, clock.now() - keepDeliveriesMs);
      const findings = {
        missed: events.missed + campaigns.missed,
        campaignsRead: campaigns.read,
        eventsRead: events.read,
      };
      await endRun(database.query, id, "done", findings, clock.now());
      atStep("sweep_ended");
      log.info(findings, "swept");
      return findings;
    } catch (error) {
      await endRun(database.query, id, "failed", nothing, clock.now());
      throw error;
    } finally {
      onSignal();
    }
  }
}

/** Without webhooks Circa is asked every minute. */
const pollIntervalMs = 60_000;

/** Polls Circa until `signal` is aborted; used where Circa has no webhooks. */
export async function pollEvents(
  parts: SweepParts & { onSignal: () => void; database: Database; clock: Clock; log: Log },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await sweepEvents(parts, "poll", "poll_circa");
      parts.onSignal();
    } catch (error) {
      parts.log.warn({ error: describeError(error) }, "Circa can't be polled; trying again");
    }
    await parts.clock.sleep(pollIntervalMs, signal);
  }
}
