/** Counts answers between two reports: a storm must not become a storm of messages. */
import type { Refusal } from "../../intake/webhooks/refusals.ts";
import type { Tally } from "./settings.ts";

const tellEveryMs = 20;

export class Tallies {
  readonly #onTold: (tallies: readonly Tally[]) => void;
  /** By outcome, the one that came last at the end. */
  readonly #counts = new Map<string, Tally>();
  #timer: NodeJS.Timeout | null = null;

  constructor(onTold: (tallies: readonly Tally[]) => void) {
    this.#onTold = onTold;
  }

  /** @param refusal null: accepted */
  add(refusal: Refusal | null): void {
    const key = refusal === null ? "accepted" : `${refusal.reason} ${refusal.status}`;
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.delete(key);
    this.#counts.set(key, { refusal, count });
    this.#timer ??= setTimeout(() => this.tell(), tellEveryMs);
  }

  /** Reports now. */
  tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#counts.size === 0) return;
    this.#onTold([...this.#counts.values()]);
    this.#counts.clear();
  }
}
