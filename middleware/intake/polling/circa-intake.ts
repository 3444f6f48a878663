/**
 * Sees to it that Circa's changes come: by webhooks, or by asking each minute wherever they can't
 * be relied on. One call a minute looks at Circa's list of endpoints, in the process that holds
 * the lease; what it finds is in the store, so that every process says the same.
 */
import type { Clock } from "../../runtime/clock.ts";
import { describeError, SystemError } from "../../runtime/errors.ts";
import type { Leases } from "../../cluster/leases.ts";
import {
  checkpointTime,
  readCheckpoint,
  writeCheckpoint,
  type CheckpointName,
} from "../../store/intake/checkpoints.ts";
import type { PathHealth } from "../../model/path-health.ts";
import type { Database } from "../../store/database/database.ts";
import { tenantOf } from "../../store/database/tenant.ts";
import type { Log } from "../../runtime/log.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import { circaWaySchema, lossesInRowMs, nextWay, pollTexts, type CircaWay } from "./circa-way.ts";
import { pollOnce } from "./poll.ts";
import type { PollCircaParts } from "../sweep/events.ts";
import { endpointFault } from "./webhook-endpoints.ts";

const lookEveryMs = 60_000;
/** How often arrivals are noted while they have something to prove. */
const noteEveryMs = 5_000;

export interface CircaIntakeParts extends PollCircaParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly leases: Leases;
  readonly circa: Pick<CircaClient, "changedEvents" | "now" | "webhookEndpoints">;
  /** Where Circa reaches this service; null: not known. */
  readonly publicUrl: string | null;
  readonly paths: Pick<PathHealth, "noteCirca">;
  /** Links are due. */
  readonly onLinksDue: () => void;
}

export class CircaIntake {
  readonly #parts: CircaIntakeParts;
  readonly #stopping = new AbortController();
  #wake = new AbortController();
  #way: CircaWay | null = null;
  #notedAt = 0;
  #leads = false;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(parts: CircaIntakeParts) {
    this.#parts = parts;
  }

  start(): void {
    const { leases } = this.#parts;
    const { signal } = this.#stopping;
    this.#loops = Promise.all([
      this.#eachMinute(signal, async () => {
        if (!this.#leads) await this.#readWay();
      }),
      leases.hold("poll", (lost) => this.#lead(lost), signal),
    ]);
  }

  async #lead(lost: AbortSignal): Promise<void> {
    this.#leads = true;
    await this.#eachMinute(lost, () => this.#look(lost));
    this.#leads = false;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loops;
  }

  /** null until it has been looked at once. */
  way(): CircaWay | null {
    return this.#way;
  }

  /** A webhook was taken. Costs nothing while nothing is wrong. */
  arrived(): void {
    const { clock } = this.#parts;
    if (this.#way?.way !== "polling") return;
    const everyMs = this.#way.reason === "lost" ? lookEveryMs : noteEveryMs;
    if (Math.abs(clock.now() - this.#notedAt) < everyMs) return;
    this.#notedAt = clock.now();
    void this.#note("webhook_arrived", () => Promise.resolve(""));
  }

  /** A sweep found a change whose webhook had not come in its time. */
  lost(): void {
    void this.#note("webhook_lost", async () => {
      const lost = await this.#readLost();
      const agoMs = lost === null ? Infinity : this.#parts.clock.now() - lost.at;
      if (lost === null || agoMs >= lossesInRowMs) return "1";
      // Those of one sweep come one by one.
      return String(agoMs < lookEveryMs ? lost.times : lost.times + 1);
    });
  }

  async #note(
    name: "webhook_arrived" | "webhook_lost",
    value: () => Promise<string>,
  ): Promise<void> {
    const { log } = this.#parts;
    try {
      await this.#keep(name, await value());
      this.#wake.abort();
    } catch (error) {
      log.warn({ error: describeError(error) }, "the state of Circa's webhooks can't be stored");
    }
  }

  async #eachMinute(stopping: AbortSignal, work: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#parts;
    while (!stopping.aborted) {
      if (this.#wake.signal.aborted) this.#wake = new AbortController();
      // What is noted during the work is looked at right after it.
      const wake = this.#wake.signal;
      try {
        await work();
      } catch (error) {
        // While calls are held back, that is logged once, by those who hold them.
        const level = error instanceof SystemError && error.kind === "held" ? "debug" : "warn";
        log[level]({ error: describeError(error) }, "Circa can't be polled; trying again");
      }
      await clock.sleep(lookEveryMs, AbortSignal.any([stopping, wake]));
    }
  }

  async #look(stopping: AbortSignal): Promise<void> {
    const { database, clock, circa, publicUrl } = this.#parts;
    const before = await this.#readWay();
    const endpoints = await circa.webhookEndpoints().catch((error: unknown) => {
      // Who is polled is polled on: the list says nothing about the Events.
      if (before?.way === "polling") return undefined;
      throw error;
    });
    if (endpoints !== undefined) {
      const evidence = {
        fault: endpointFault(endpoints, { tenant: tenantOf(database.query), publicUrl }),
        faultAt: await checkpointTime(database.query, "webhook_fault"),
        arrivedAt: await checkpointTime(database.query, "webhook_arrived"),
        lost: await this.#readLost(),
      };
      await this.#goBy(before, nextWay(before, evidence, clock.now()));
      if (evidence.fault !== null) await this.#keep("webhook_fault", evidence.fault);
    }
    if (this.#way?.way === "polling") await pollOnce(this.#parts, stopping);
  }

  async #goBy(before: CircaWay | null, way: CircaWay): Promise<void> {
    const { log } = this.#parts;
    this.#setWay(way);
    if (before?.way === way.way && before.reason === way.reason) return;
    await this.#keep("circa_way", JSON.stringify(way));
    if (way.reason !== null) log.warn({ reason: way.reason }, pollTexts[way.reason].title);
    else if (before !== null) log.info({}, "Circa's changes come by webhooks again");
  }

  async #keep(name: CheckpointName, value: string): Promise<void> {
    const { database, clock } = this.#parts;
    await database.write((trx) => writeCheckpoint(trx, name, value, clock.now()));
  }

  async #readWay(): Promise<CircaWay | null> {
    const { database } = this.#parts;
    const kept = await readCheckpoint(database.query, "circa_way");
    this.#setWay(kept === null ? null : circaWaySchema.parse(JSON.parse(kept)));
    return this.#way;
  }

  #setWay(way: CircaWay | null): void {
    this.#way = way;
    this.#parts.paths.noteCirca(way?.way ?? null);
  }

  async #readLost(): Promise<{ readonly at: number; readonly times: number } | null> {
    const { database } = this.#parts;
    const times = await readCheckpoint(database.query, "webhook_lost");
    const at = await checkpointTime(database.query, "webhook_lost");
    return times === null || at === null ? null : { at, times: Number(times) };
  }
}
