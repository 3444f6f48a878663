/** What may be taken up from the queue while calls to one system or the other are held back. */
import type { SystemName } from "../runtime/errors.ts";
import type { Circuit, CircuitState } from "../systems/circuit/circuit.ts";

/** What a worker may take up now. */
export interface WorkLimits {
  /** Batches that may be under way: none while nothing can be done, one to try it again. */
  readonly batches: number;
  /** Systems that are left in peace: links that wait for one of them wait on. */
  readonly away: readonly SystemName[];
}

export const noLimits: WorkLimits = { batches: Number.POSITIVE_INFINITY, away: [] };

const batchesUnder: Readonly<Record<CircuitState, number>> = {
  closed: Number.POSITIVE_INFINITY,
  half_open: 1,
  open: 0,
};

/**
 * What may be worked on while the circuits stand so. Each turn reads Salesforce: nothing while that
 * holds calls back. Without Circa, its changes still go to Salesforce: only what a pass has found
 * to need Circa waits for it.
 */
export function limitsFor({ salesforce, circa }: Record<SystemName, Circuit>): WorkLimits {
  return {
    batches: batchesUnder[salesforce.state()],
    away: circa.state() === "open" ? ["circa"] : [],
  };
}
