/**
 * What only one process may do at a time: subscribe to the stream, sweep, poll Circa. The holder renews its
 * lease; another takes over as soon as it is released, or once a dead holder's time is up.
 */
import type { Clock } from "../runtime/clock.ts";
import { describeError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import { createLeaseWaits } from "./lease-waits.ts";
import type { Database } from "../store/database/database.ts";
import { storeTime } from "../store/database/engine.ts";
import { releaseLeases, takeLease } from "../store/cluster/lease-rows.ts";
import { noWakeUps, type WakeUps } from "./wake-ups.ts";
import { tenantOf } from "../store/database/tenant.ts";

export type LeaseName = "stream" | "sweep" | "screens" | "poll";

/** How long a dead holder's lease lasts. */
const defaultTermMs = 6_000;
/** Where no other process can take it over, it is renewed for its own sake only. */
export const loneTermMs = 60_000;
/** How often a renewal that fails is tried again. */
const retryAfterMs = 500;

export interface LeaseParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process among all that share the store. */
  readonly owner: string;
  /** Tells the others when a lease has become free. */
  readonly wakeUps?: WakeUps;
  /** How long a dead holder's lease lasts. @default 6 s */
  readonly termMs?: number;
}

/** Who has a lease now. */
export interface LeaseHolder {
  readonly owner: string;
  /** It is this process. */
  readonly isThis: boolean;
}

export interface Leases {
  /**
   * Runs `work` whenever this process gets the lease, until `work` returns by itself or `stopping`
   * is aborted. Never rejects for the store's sake: it tries again. Rejects with what `work` throws.
   * @param work must end soon after `lost` is aborted: another process is about to do the same
   */
  hold(
    name: LeaseName,
    work: (lost: AbortSignal) => Promise<void>,
    stopping: AbortSignal,
  ): Promise<void>;
  /**
   * Runs `work` if no node has the lease now.
   * @returns null when a node has it; rejects with what `work` or the store throws
   */
  tryHold<T>(name: LeaseName, work: (lost: AbortSignal) => Promise<T>): Promise<T | null>;
  /** null when no node has it. */
  holder(name: LeaseName): Promise<LeaseHolder | null>;
  /** Gives back what is still held, though its work has not ended, and takes nothing any more. */
  close(): Promise<void>;
}

export function createLeases(parts: LeaseParts): Leases {
  const { database, clock, log, owner, wakeUps = noWakeUps } = parts;
  const { termMs = defaultTermMs } = parts;
  // Renewal is due after this time, must be through after as much again, and the work has as much
  // again to end: three quarters of the term in all.
  const renewAfterMs = termMs / 4;
  const heldHere = new Set<LeaseName>();
  let closed = false;
  const waitForLease = createLeaseWaits(clock, wakeUps);

  async function take(name: LeaseName): Promise<boolean> {
    return !closed && takeLease(database, { name, owner, termMs, nowMs: clock.now() });
  }

  async function release(names: readonly LeaseName[]): Promise<void> {
    if (names.length === 0) return;
    try {
      await releaseLeases(database, { names, owner });
      wakeUps.announce("lease");
    } catch (error) {
      // It runs out by itself.
      log.warn({ names, error: describeError(error) }, "a lease can't be released");
    }
  }

  /** @returns false when another node has it, or when the store has not said so in time */
  async function renew(name: LeaseName): Promise<boolean> {
    const patience = new AbortController();
    const tooLate = clock.sleep(renewAfterMs, patience.signal).then(() => false);
    const renewed = (async () => {
      for (;;) {
        try {
          return await take(name);
        } catch (error) {
          log.warn({ name, error: describeError(error) }, "a lease can't be renewed; trying again");
          await clock.sleep(retryAfterMs, patience.signal);
          if (patience.signal.aborted) return false;
        }
      }
    })();
    try {
      return await Promise.race([renewed, tooLate]);
    } finally {
      patience.abort();
    }
  }

  /** Runs `work` under a lease that was taken just now. */
  async function workUnder<T>(
    name: LeaseName,
    work: (lost: AbortSignal) => Promise<T>,
    stopping?: AbortSignal,
  ): Promise<T> {
    const lost = new AbortController();
    const ended = new AbortController();
    const lose = () => {
      lost.abort();
    };
    stopping?.addEventListener("abort", lose, { once: true });
    if (stopping?.aborted === true) lose();
    const renewing = (async () => {
      for (;;) {
        await clock.sleep(renewAfterMs, ended.signal);
        if (ended.signal.aborted) return;
        if (await renew(name)) continue;
        log.warn({ name, owner }, "the lease is lost");
        lose();
        return;
      }
    })();
    try {
      return await work(lost.signal);
    } finally {
      ended.abort();
      stopping?.removeEventListener("abort", lose);
      await renewing;
      await release([name]);
    }
  }

  async function tryHold<T>(
    name: LeaseName,
    work: (lost: AbortSignal) => Promise<T>,
    stopping?: AbortSignal,
  ): Promise<{ readonly value: T } | null> {
    if (heldHere.has(name)) return null;
    heldHere.add(name);
    try {
      if (!(await take(name))) return null;
      return { value: await workUnder(name, work, stopping) };
    } finally {
      heldHere.delete(name);
    }
  }

  return {
    async hold(name, work, stopping) {
      let failing = false;
      while (!stopping.aborted) {
        let lost: AbortSignal | undefined;
        let failed: { readonly error: unknown } | undefined;
        const held = await tryHold(
          name,
          async (signal) => {
            lost = signal;
            log.info({ name, owner }, "the lease is taken");
            await work(signal).catch((error: unknown) => (failed = { error }));
          },
          stopping,
        ).then(
          (value) => {
            failing = false;
            return value;
          },
          (error: unknown) => {
            const reason = describeError(error);
            if (!failing) log.warn({ name, error: reason }, "a lease can't be taken; trying again");
            failing = true;
            return null;
          },
        );
        if (failed !== undefined) throw failed.error;
        if (held !== null && lost?.aborted !== true) return;
        await waitForLease(stopping);
      }
    },
    async tryHold(name, work) {
      return (await tryHold(name, work))?.value ?? null;
    },
    async holder(name) {
      const row = await database.query
        .selectFrom("leases")
        .select("owner")
        .where("tenant", "=", tenantOf(database.query))
        .where("name", "=", name)
        .where("until", ">", storeTime(database.query, clock.now()))
        .executeTakeFirst();
      return row === undefined ? null : { owner: row.owner, isThis: row.owner === owner };
    },
    async close() {
      closed = true;
      await release([...heldHere]);
    },
  };
}
