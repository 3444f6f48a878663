/** Counts API requests by what they ask for, by answer and by caller. */
type Counts = Record<string, number>;

const increment = (counts: Counts, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export class RequestStats {
  #total = 0;
  #byKind: Counts = {};
  #byStatus: Counts = {};
  #byCaller: Record<string, Counts> = {};
  readonly #writing = new Map<string, number>();
  #overlappingWrites = 0;

  /** `kind` is method and path as in the contract: `PATCH /events/{id}`. */
  countRequest(kind: string, caller: string): void {
    this.#total += 1;
    increment(this.#byKind, kind);
    increment((this.#byCaller[caller] ??= {}), kind);
  }

  /** `status` is the HTTP status, or `withheld` when the answer never went out. */
  countAnswer(status: number | "withheld"): void {
    increment(this.#byStatus, String(status));
  }

  /** @param what the caller and the Event. @returns to be called when the write is answered */
  beginWrite(what: string): () => void {
    const under = this.#writing.get(what) ?? 0;
    if (under > 0) this.#overlappingWrites += 1;
    this.#writing.set(what, under + 1);
    return () => {
      const left = (this.#writing.get(what) ?? 1) - 1;
      if (left === 0) this.#writing.delete(what);
      else this.#writing.set(what, left);
    };
  }

  describe() {
    return {
      total: this.#total,
      by_kind: this.#byKind,
      by_status: this.#byStatus,
      by_caller: this.#byCaller,
      overlapping_writes: this.#overlappingWrites,
    };
  }

  clear(): void {
    this.#total = 0;
    this.#byKind = {};
    this.#byStatus = {};
    this.#byCaller = {};
    this.#overlappingWrites = 0;
  }
}
