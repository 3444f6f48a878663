/**
 * Remembers that events may have been missed, until both sides have been compared by query. The
 * mark is durable, so that neither a crash nor another process taking over forgets it.
 */
import type { Clock } from "../../runtime/clock.ts";
import { describeError } from "../../runtime/errors.ts";
import { moveCheckpoint, readCheckpoint, writeCheckpoint } from "../../store/intake/checkpoints.ts";
import type { Database } from "../../store/database/database.ts";
import type { Log } from "../../runtime/log.ts";

export interface StreamGapsParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves with true once both sides are compared as they were after the call. */
  readonly onGap: (reason: string) => Promise<boolean>;
}

/** Why both sides were compared last, and when that began (milliseconds since the epoch). */
export interface RaisedGap {
  readonly reason: string;
  readonly at: number;
}

const settled = "";

export class StreamGaps {
  readonly #parts: StreamGapsParts;
  #raised = 0;
  #last: RaisedGap | null = null;

  constructor(parts: StreamGapsParts) {
    this.#parts = parts;
  }

  /** How often a comparison was asked for. */
  get raised(): number {
    return this.#raised;
  }

  get last(): RaisedGap | null {
    return this.#last;
  }

  /** @throws when the store does not take it */
  async mark(reason: string): Promise<void> {
    const { database, clock } = this.#parts;
    // Never the same twice: what is marked during a comparison is not settled by it.
    const mark = `${clock.uuid()} ${reason}`;
    await database.write((trx) => writeCheckpoint(trx, "stream_gap", mark, clock.now()));
  }

  /**
   * Has both sides compared if that is owed. To be called once the session stands: what changes
   * after the comparison then comes as an event. What fails is owed until the next call.
   */
  async settle(): Promise<void> {
    const { database, clock, log, onGap } = this.#parts;
    try {
      const mark = await readCheckpoint(database.query, "stream_gap");
      if (mark === null || mark === settled) return;
      const reason = mark.slice(mark.indexOf(" ") + 1);
      this.#raised += 1;
      this.#last = { reason, at: clock.now() };
      if (!(await onGap(reason))) return;
      const move = { from: mark, to: settled };
      await database.write((trx) => moveCheckpoint(trx, "stream_gap", move, clock.now()));
    } catch (error) {
      log.warn({ error: describeError(error) }, "a gap of the stream is not compared yet");
    }
  }
}
