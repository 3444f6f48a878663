/** What goes wrong at the moment: windows of time, each with how often it strikes. */
import type { Timeline } from "./timeline.ts";

export const faultKinds = [
  "salesforce_down",
  "circa_down",
  "salesforce_503",
  "circa_503",
  "lost_answer",
  "cut_before",
  "slow",
  "limit",
  "sign_in",
  "row_lock",
  "webhook_dropped",
  "webhook_doubled",
  "webhook_late",
  "webhook_unanswered",
  "event_dropped",
  "event_doubled",
  "event_late",
  "stream_refused",
] as const;

/** Answers and news that are not the truth, or not all of it. */
export const untrueKinds = [
  "circa_gateway_404",
  "circa_false_404",
  "circa_page",
  "circa_other_shape",
  "circa_moved",
  "circa_retry_after",
  "circa_empty_list",
  "circa_stale",
  "circa_pages_drift",
  "webhook_partial",
  "salesforce_empty",
  "describe_partial",
] as const;
export type FaultKind = (typeof faultKinds)[number] | (typeof untrueKinds)[number];

export class Faults {
  readonly #timeline: Timeline;
  readonly #windows = new Map<FaultKind, { untilMs: number; rate: number }>();
  readonly struck = new Map<FaultKind, number>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  start(kind: FaultKind, forMs: number, rate: number): void {
    this.#windows.set(kind, { untilMs: this.#timeline.now() + forMs, rate });
  }

  /** How often it strikes now; 0 outside its window. */
  rate(kind: FaultKind): number {
    const window = this.#windows.get(kind);
    return window !== undefined && window.untilMs > this.#timeline.now() ? window.rate : 0;
  }

  /** Milliseconds until it is over; 0 when it is not on. */
  leftMs(kind: FaultKind): number {
    const window = this.#windows.get(kind);
    return window === undefined ? 0 : Math.max(0, window.untilMs - this.#timeline.now());
  }

  /** @param chance from 0 to 1: strikes when below the rate */
  strikes(kind: FaultKind, chance: number): boolean {
    const hit = chance < this.rate(kind);
    if (hit) this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
    return hit;
  }

  endAll(): void {
    this.#windows.clear();
  }
}
