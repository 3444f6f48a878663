/**
 * Keeps to our share of the org's daily API requests, which everything that talks to the org
 * draws from. As usage nears the share the sweep slows down, at the share it stops, and only near
 * the org's limit do the immediate pushes wait as well.
 *
 *   normal ──▶ slow (¾ of the share) ──▶ stopped (the share) ──▶ exhausted (¾ of what is left)
 *
 * Salesforce names usage with each answer, over the last 24 hours and by all of the org's clients
 * (REST API Developer Guide, "Limit Info Header").
 */
import type { Clock } from "../../../runtime/clock.ts";
import type { Log } from "../../../runtime/log.ts";

export const budgetStates = ["normal", "slow", "stopped", "exhausted"] as const;
export type BudgetState = (typeof budgetStates)[number];

export interface ApiUsage {
  readonly used: number;
  readonly limit: number;
}

export interface ApiBudget {
  state(): BudgetState;
  /** The last answer's figures; null before the first. */
  usage(): ApiUsage | null;
  /** The share of the org's limit at which the sweep stops. */
  readonly share: number;
  /** Whether to begin a sweep, and to make its next call. */
  allowSweep(): boolean;
  /** How long a sweep waits between two of its calls; 0 unless slow. */
  sweepPauseMs(): number;
  /** Takes each so manieth slot of the schedule: 1 unless slow. */
  sweepEvery(): number;
  /** What an answer said. */
  note(usage: ApiUsage): void;
}

/** Usage falls as the 24 hours move on; what is older is asked for again, by one call of a sweep. */
const readingLastsMs = 3_600_000;
/** How long notifications wait before one call tries again. */
const exhaustedPauseMs = 15 * 60_000;
const maxSweepPauseMs = 10_000;

/**
 * @param share from 0 to 1
 * @param onExhausted no call should be made before `untilMs`
 */
export function createApiBudget({
  share,
  clock,
  log,
  onExhausted,
}: {
  readonly share: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly onExhausted: (untilMs: number, reason: string) => void;
}): ApiBudget {
  const marks = {
    slow: toMillionth(share * 0.75),
    stopped: share,
    exhausted: toMillionth(share + (1 - share) * 0.75),
  };
  let last: (ApiUsage & { readonly at: number }) | null = null;
  let told: BudgetState = "normal";

  const used = () => (last === null || last.limit <= 0 ? 0 : last.used / last.limit);
  const state = (): BudgetState => {
    if (used() >= marks.exhausted) return "exhausted";
    if (used() >= marks.stopped) return "stopped";
    return used() >= marks.slow ? "slow" : "normal";
  };
  const tell = (usage: ApiUsage) => {
    const now = state();
    if (now === told) return;
    told = now;
    const about = { state: now, used: usage.used, limit: usage.limit };
    if (now === "normal") log.info(about, "Salesforce's API budget has room again");
    else log.warn(about, `Salesforce's API budget: ${consequences[now]}`);
  };

  return {
    state,
    share,
    usage: () => (last === null ? null : { used: last.used, limit: last.limit }),
    allowSweep() {
      if (state() === "normal" || state() === "slow") return true;
      const ageMs = clock.now() - (last?.at ?? 0);
      return ageMs >= readingLastsMs || ageMs < 0;
    },
    sweepPauseMs() {
      if (state() !== "slow") return 0;
      const way = (used() - marks.slow) / (marks.stopped - marks.slow);
      return Math.round(maxSweepPauseMs * Math.max(0.1, way));
    },
    sweepEvery: () => (state() === "slow" ? 4 : 1),
    note(usage) {
      last = { ...usage, at: clock.now() };
      tell(usage);
      if (state() !== "exhausted") return;
      const reason = `${usage.used} of the org's ${usage.limit} API requests of 24 hours are used`;
      onExhausted(clock.now() + exhaustedPauseMs, reason);
    },
  };
}

/** Without the binary remainder of 0.8 × 0.75. */
const toMillionth = (value: number): number => Math.round(value * 1_000_000) / 1_000_000;

const consequences: Readonly<Record<Exclude<BudgetState, "normal">, string>> = {
  slow: "the sweep slows down",
  stopped: "the sweep stops, changes still go through at once",
  exhausted: "all calls wait, with one probe each quarter of an hour",
};
