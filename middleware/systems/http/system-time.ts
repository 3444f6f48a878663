/** The time as the other system has it: what it dates its records by. */
import type { Clock } from "../../runtime/clock.ts";

/** Ticks on from the last `Date` header of a system's answers. */
export class SystemTime {
  readonly #clock: Clock;
  #noted: { readonly dateMs: number; readonly elapsedMs: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param date an answer's `Date` header (RFC 9110, 6.6.1); one that is no date is passed over */
  note(date: string | null | undefined): void {
    const dateMs = Date.parse(date ?? "");
    if (Number.isNaN(dateMs)) return;
    this.#noted = { dateMs, elapsedMs: this.#clock.elapsedMs() };
  }

  /** Milliseconds since the epoch; this process's own time until the system has answered. */
  now(): number {
    if (this.#noted === null) return this.#clock.now();
    return this.#noted.dateMs + this.#clock.elapsedMs() - this.#noted.elapsedMs;
  }
}
