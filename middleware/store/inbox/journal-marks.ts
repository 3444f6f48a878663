/** How far the journal is written and drained: memory that both threads see at once. */

export interface Place {
  readonly segment: number;
  /** Bytes. */
  readonly offset: number;
}

const [durable, written, writtenBytes, drained, drainedBytes] = [0, 1, 2, 3, 4] as const;
const offsetBits = 32n;

export class JournalMarks {
  readonly memory: SharedArrayBuffer;
  readonly #cells: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(5 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new BigInt64Array(memory);
  }

  /** Up to here everything is durable. */
  get durable(): Place {
    const packed = Atomics.load(this.#cells, durable);
    return {
      segment: Number(packed >> offsetBits),
      offset: Number(BigInt.asUintN(Number(offsetBits), packed)),
    };
  }

  /** Set before the webhooks are answered, so that whoever asks afterwards sees them waiting. */
  wrote(place: Place, records: number, bytes: number): void {
    this.#add(written, records);
    this.#add(writtenBytes, bytes);
    const packed = (BigInt(place.segment) << offsetBits) | BigInt(place.offset);
    Atomics.store(this.#cells, durable, packed);
  }

  drained(records: number, bytes: number): void {
    this.#add(drained, records);
    this.#add(drainedBytes, bytes);
  }

  get waiting(): number {
    return this.#get(written) - this.#get(drained);
  }

  get waitingBytes(): number {
    return this.#get(writtenBytes) - this.#get(drainedBytes);
  }

  #add(cell: number, by: number): void {
    Atomics.add(this.#cells, cell, BigInt(by));
  }

  #get(cell: number): number {
    return Number(Atomics.load(this.#cells, cell));
  }
}
