/** Every call that was made: how many of each kind, which records are being written right now. */
import type { Life } from "./mortal.ts";

export interface Call {
  readonly life: Life;
  readonly kind: string;
  /** Keys of the records that it writes. */
  readonly writes: readonly string[];
  /** The other side has it: when its sender dies now, nothing is under way any more. */
  arrived: boolean;
}

export class Ledger {
  readonly calls = new Map<string, number>();
  readonly #writing = new Map<string, Call>();
  readonly #open = new Set<Call>();
  /** Two writes of one record at the same time, in words. */
  readonly overlaps: string[] = [];
  lastWriteAt = 0;
  /** Called for each call that writes records, as it is sent. */
  onWriting: (call: Call) => void = () => undefined;
  /** Writes that changed something at the other side. */
  taken = 0;
  /** Calls that were not answered, or answered with an error of the way there. */
  failed = 0;

  get open(): number {
    return this.#open.size;
  }

  /** A write has changed something. */
  wrote(atMs: number): void {
    this.taken += 1;
    this.lastWriteAt = atMs;
  }

  /** To be called once for every life that makes calls. */
  watch(life: Life): void {
    life.onEnd(() => {
      for (const call of this.#open) if (call.life === life && call.arrived) this.ended(call);
    });
  }

  /** @param atMs for the words about an overlap */
  sent(call: Call, atMs: number): void {
    this.calls.set(call.kind, (this.calls.get(call.kind) ?? 0) + 1);
    this.#open.add(call);
    if (call.writes.length > 0) this.onWriting(call);
    for (const record of call.writes) {
      const other = this.#writing.get(record);
      // What a dead node has sent may still arrive, while another node resumes its work.
      if (other?.life.alive === true) {
        this.overlaps.push(
          `${record} is written by ${call.kind} of ${call.life.name} while ${other.kind} of ${other.life.name} is under way, at ${atMs}`,
        );
      }
      this.#writing.set(record, call);
    }
  }

  ended(call: Call): void {
    this.#open.delete(call);
    for (const record of call.writes) {
      if (this.#writing.get(record) === call) this.#writing.delete(record);
    }
  }
}
