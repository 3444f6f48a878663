/**
 * Keeps writes to one record apart: when a Campaign passes from one Event to another, the passes of
 * both may want to write to it at the same moment, and Salesforce promises no order.
 */
import type { Clock } from "../../runtime/clock.ts";
import type { RecordLocks } from "../../cluster/record-locks.ts";
import type { Log } from "../../runtime/log.ts";

/** Before other processes are asked again whether they have ended. */
const retryAfterMs = 50;
/** A process that writes for longer has gone silent, and what it asked for has ended by itself. */
const maxWaitMs = 60_000;

/** What an Event's writes hold: it may be let go of in the pass of another one. */
export const eventLock = (eventId: string) => `event ${eventId}`;

export interface RecordMutexParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Among the processes that share the store. */
  readonly locks: RecordLocks;
}

export class RecordMutex {
  readonly #parts: RecordMutexParts;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(parts: RecordMutexParts) {
    this.#parts = parts;
  }

  /**
   * Runs `work` once no other holds any of the ids, here or in another process.
   * @returns what `work` returns; rejects as it does, or when the store can't be asked
   */
  async run<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    for (;;) {
      const others = ids.flatMap((id) => this.#underWay.get(id) ?? []);
      if (others.length === 0) break;
      await Promise.all(others);
    }
    const result = this.#runLocked(ids, work);
    const ended = result.catch(() => undefined);
    for (const id of ids) this.#underWay.set(id, ended);
    try {
      return await result;
    } finally {
      for (const id of ids) this.#underWay.delete(id);
    }
  }

  async #runLocked<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    const { clock, log, locks } = this.#parts;
    const startedAt = clock.now();
    let taken = await locks.tryTake(ids);
    while (!taken && Math.abs(clock.now() - startedAt) < maxWaitMs) {
      await clock.sleep(retryAfterMs * (1 + clock.random()));
      taken = await locks.tryTake(ids);
    }
    if (!taken) log.warn({ records: ids.length }, "another node has written for too long");
    try {
      return await work();
    } finally {
      if (taken) await locks.release(ids);
    }
  }
}
