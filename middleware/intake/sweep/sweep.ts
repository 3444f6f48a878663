/**
 * The sweep: asks both systems what has changed since the last one and marks due what no webhook
 * and no event has announced. Its count of such findings is the proof that notifications work.
 * At most one runs per tenant, on the node that holds the lease; an interrupted run resumes from
 * its last committed page, on this node or another.
 */
import { describeError } from "../../runtime/errors.ts";
import {
  lastRun,
  openRun,
  skipRun,
  unfinishedKinds,
  type RunKind,
} from "../../store/intake/runs.ts";
import { missedByCause, settleFindings } from "../../store/intake/sweep-findings.ts";
import { SweepInterrupted } from "./page-throttle.ts";
import type { SweepRunParts } from "./parts.ts";
import { noFindings, performRun, type SweepFindings } from "./run.ts";
import { isTaken, slotsAt, untilNextSlotMs, type SweepSchedule } from "./schedule.ts";

export type { SweepFindings } from "./run.ts";

/** How often a node checks for abandoned runs, and whether a finding has settled. */
const lookMs = 15_000;
/** How often it checks whether another node has ended its run. */
const lookForEndMs = 500;

export interface SweepSchedulerParts extends SweepRunParts {
  readonly intervalSeconds: number;
  /** Hour of the day, in UTC, of the full comparison; null: none by itself. */
  readonly fullHour: number | null;
}

export class Sweep {
  readonly #parts: SweepSchedulerParts;
  readonly #schedule: SweepSchedule;
  readonly #stopping = new AbortController();
  /** Asked for and not yet begun: another request for the same joins. */
  readonly #waiting = new Map<RunKind, Promise<SweepFindings>>();
  /** Rejects when the process stops. */
  readonly #stopped: Promise<never>;
  #turns: Promise<unknown> = Promise.resolve();
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: SweepSchedulerParts) {
    this.#parts = parts;
    const { intervalSeconds, fullHour, clock } = parts;
    this.#schedule = { intervalSeconds, fullHour, shift: clock.random() };
    this.#stopped = new Promise((_resolve, reject) => {
      const stop = () => reject(new SweepInterrupted("the process stops"));
      this.#stopping.signal.addEventListener("abort", stop, { once: true });
    });
    this.#stopped.catch(() => undefined);
  }

  /** Sweeps once per time slot, whichever process comes first. */
  start(): void {
    this.#loop = this.#run();
  }

  /** Ends a run under way at its next page; it resumes later. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#loop, this.#turns]);
  }

  /**
   * Looks at both systems as they are from now on, outside the schedule: a run that had begun
   * before is ended first. Waits for another process that sweeps, and takes its findings if it
   * began after this was asked for.
   * @throws SystemError when one of the systems can't be read, SweepInterrupted when stopped
   */
  now(kind: RunKind = "sweep"): Promise<SweepFindings> {
    const joined = this.#waiting.get(kind);
    if (joined !== undefined) return joined;
    const runState = this.#inTurn(async () => {
      this.#waiting.delete(kind);
      return this.#lookNow(kind);
    });
    // A caller that waits learns at once that the node stops, not after the page under way.
    const answer = Promise.race([runState, this.#stopped]);
    this.#waiting.set(kind, answer);
    return answer;
  }

  /** One run at a time within the process, in the order asked for. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const runState = this.#turns.then(work);
    this.#turns = runState.catch(() => undefined);
    return runState;
  }

  async #lookNow(kind: RunKind): Promise<SweepFindings> {
    const { database, clock } = this.#parts;
    const askedAt = clock.now();
    const slot = `now-${clock.uuid()}`;
    for (;;) {
      if (this.#stopping.signal.aborted) throw new SweepInterrupted("the process stops");
      const findings = await this.#tryRun(kind, slot).catch((error: unknown) => {
        // Only the lease was lost: its new holder resumes the run, and this node continues too.
        if (error instanceof SweepInterrupted && this.#mayGoOn()) return null;
        throw error;
      });
      if (findings !== null) return findings;
      await clock.sleep(lookForEndMs, this.#stopping.signal);
      const last = await lastRun(database.query, kind);
      if (last?.state !== "done" || last.startedAt < askedAt) continue;
      const causes = await missedByCause(database.query, { runId: last.id });
      return { ...noFindings, ...last.findings, causes };
    }
  }

  #mayGoOn(): boolean {
    return !this.#stopping.signal.aborted && this.#parts.budget?.allowSweep() !== false;
  }

  /** @returns null while another process sweeps */
  #tryRun(kind: RunKind, slot: string): Promise<SweepFindings | null> {
    const { database, clock, leases } = this.#parts;
    return leases.tryHold("sweep", async (lost) => {
      const stopping = AbortSignal.any([lost, this.#stopping.signal]);
      await this.#settle();
      for (;;) {
        const run = await openRun(database, kind, slot, clock.now());
        if (run === null) return noFindings;
        const findings = await performRun(this.#parts, run, stopping);
        // A run that had begun earlier may have passed by what has changed since.
        if (!run.resumed) return findings;
      }
    });
  }

  async #run(): Promise<void> {
    const { clock, intervalSeconds, log } = this.#parts;
    if (intervalSeconds === 0) return;
    const { signal } = this.#stopping;
    let taken = slotsAt(this.#schedule, clock.now());
    for (;;) {
      const untilMs = untilNextSlotMs(this.#schedule, clock.now());
      await clock.sleep(Math.min(lookMs, untilMs), signal);
      if (signal.aborted) return;
      const slots = slotsAt(this.#schedule, clock.now());
      const due = {
        sweep: slots.sweep === taken.sweep ? null : slots.sweep,
        full: slots.full === taken.full ? null : slots.full,
      };
      taken = slots;
      try {
        await this.#settle();
        await this.#goOn();
        if (due.sweep !== null) await this.#take("sweep", due.sweep);
        if (due.full !== null) await this.#take("full", due.full);
      } catch (error) {
        // A run's failure has been logged by the run.
        log.debug({ error: describeError(error) }, "a sweep did not finish; it is retried");
      }
    }
  }

  /** Findings whose notice has not come in time count as missed from now on. */
  async #settle(): Promise<void> {
    const { database, clock, log, onMissed } = this.#parts;
    const causes = await settleFindings(database, clock.now());
    for (const cause of causes) onMissed?.(cause, 1);
    if (causes.length > 0)
      log.warn({ causes }, "no notification has announced the sweep's findings since");
  }

  /** A run that failed, or whose node died, resumes. */
  async #goOn(): Promise<void> {
    const { database, clock, leases } = this.#parts;
    for (const kind of await unfinishedKinds(database.query, clock.now())) {
      if ((await leases.holder("sweep")) !== null) return;
      await this.#inTurn(() => this.#tryRun(kind, `again-${clock.uuid()}`));
    }
  }

  async #take(kind: RunKind, slot: string): Promise<void> {
    const { budget } = this.#parts;
    if (kind === "sweep" && !isTaken(slot, budget?.sweepEvery() ?? 1))
      return this.#skip(kind, slot);
    if (budget?.allowSweep() === false) return this.#skip(kind, slot);
    await this.#inTurn(() => this.#tryRun(kind, slot));
  }

  async #skip(kind: RunKind, slot: string): Promise<void> {
    const { database, clock, log } = this.#parts;
    const reason = "the org's API budget is short";
    log.warn({ kind, slot, reason }, "a sweep is skipped");
    await skipRun(database.query, { kind, slot, reason, nowMs: clock.now() });
  }
}
