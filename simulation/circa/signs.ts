/** The signs that the service got of Events that do not exist, or are said not to. */

export type Sign = "its own 404" | "a list without it" | "a delete webhook";

export class Signs {
  readonly #told = new Map<string, Set<Sign>>();
  readonly #gone = new Set<string>();

  of(eventId: string): ReadonlySet<Sign> {
    return this.#told.get(eventId) ?? new Set();
  }

  tell(eventId: string, sign: Sign): void {
    const told = this.#told.get(eventId) ?? new Set();
    told.add(sign);
    this.#told.set(eventId, told);
  }

  /** From now on lists are without it. */
  gone(eventId: string): void {
    this.#gone.add(eventId);
  }

  /** A list has named others. */
  listed(): void {
    for (const eventId of this.#gone) this.tell(eventId, "a list without it");
    this.#gone.clear();
  }
}
