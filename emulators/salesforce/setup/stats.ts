/** What the emulator has been asked to do, for tests and benchmarks. */
export class Stats {
  private requests = new Map<string, number>();
  private inFlight = new Map<string, number>();
  private written = new Map<string, number>();
  /** Writes to a record that arrived while another of the same user was still being answered. */
  overlappingWrites = 0;

  countRequest(kind: string): void {
    this.requests.set(kind, (this.requests.get(kind) ?? 0) + 1);
  }

  countWritten(byType: ReadonlyMap<string, number>): void {
    for (const [type, count] of byType)
      this.written.set(type, (this.written.get(type) ?? 0) + count);
  }

  get recordsWritten(): number {
    return [...this.written.values()].reduce((sum, count) => sum + count, 0);
  }

  recordsWrittenByType(): Record<string, number> {
    return Object.fromEntries(this.written);
  }

  get requestCount(): number {
    return [...this.requests.values()].reduce((sum, count) => sum + count, 0);
  }

  requestsByKind(): Record<string, number> {
    return Object.fromEntries([...this.requests].sort(([a], [b]) => a.localeCompare(b)));
  }

  /** @param recordIds each with the user who writes */
  beginWrites(recordIds: readonly string[]): void {
    for (const id of recordIds) {
      const count = this.inFlight.get(id) ?? 0;
      if (count > 0) this.overlappingWrites += 1;
      this.inFlight.set(id, count + 1);
    }
  }

  endWrites(recordIds: readonly string[]): void {
    for (const id of recordIds) {
      const count = (this.inFlight.get(id) ?? 1) - 1;
      if (count === 0) this.inFlight.delete(id);
      else this.inFlight.set(id, count);
    }
  }

  clear(): void {
    this.requests = new Map();
    this.written = new Map();
    this.overlappingWrites = 0;
  }
}
