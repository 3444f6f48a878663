/** Many histories, one after the other: the figures of all, and the first one that fails. */
import { generateHistory } from "./history/invent.ts";
import type { History, OperationKind } from "./history/operation.ts";
import type { Finding } from "./invariants/findings.ts";
import { simulate, type Outcome } from "./simulation.ts";
import type { SharedStore } from "./store/shared-store.ts";

export interface SoakPlan {
  readonly fromSeed: number;
  readonly seeds: number;
  readonly operations: number;
  readonly sweep: boolean;
  /** As of `HistoryPlan`. */
  readonly kinds?: readonly OperationKind[] | undefined;
}

export interface Failure {
  readonly history: History;
  readonly findings: readonly Finding[];
}

export interface Totals {
  seeds: number;
  operations: number;
  edits: number;
  writes: number;
  crashes: number;
  virtualMs: number;
  calls: number;
  readonly faults: Map<string, number>;
  readonly failures: Failure[];
}

export const noTotals = (): Totals => ({
  seeds: 0,
  operations: 0,
  edits: 0,
  writes: 0,
  crashes: 0,
  virtualMs: 0,
  calls: 0,
  faults: new Map(),
  failures: [],
});

/**
 * @param goOn asked after each seed; false ends the run
 */
export async function soak(
  store: SharedStore,
  { fromSeed, seeds, ...plan }: SoakPlan,
  goOn: (totals: Totals) => boolean,
): Promise<Totals> {
  const totals = noTotals();
  for (let seed = fromSeed; seed < fromSeed + seeds; seed += 1) {
    const history = generateHistory(seed, plan);
    const outcome = await simulate(store, history);
    add(totals, outcome);
    if (outcome.findings.length > 0) {
      totals.failures.push({ history, findings: outcome.findings });
    }
    if (!goOn(totals)) break;
  }
  return totals;
}

function add(totals: Totals, { figures }: Outcome): void {
  totals.seeds += 1;
  totals.operations += figures.operations;
  totals.edits += figures.edits;
  totals.writes += figures.writes;
  totals.crashes += figures.crashes;
  totals.virtualMs += figures.virtualMs;
  totals.calls += figures.calls;
  for (const [kind, count] of figures.faults) {
    totals.faults.set(kind, (totals.faults.get(kind) ?? 0) + count);
  }
}
