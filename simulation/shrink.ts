/** Finds a short history that still fails: without what came after, without whatever can go. */
import type { History, Operation } from "./history/operation.ts";

export interface ShrinkLimits {
  /** Histories that may be tried. */
  readonly maxTries: number;
}

/**
 * Each operation carries its own seed and its own time, so that taking some out leaves the others
 * as they are.
 * @param fails whether a history still fails
 */
export async function shrink(
  history: History,
  fails: (candidate: History) => Promise<boolean>,
  { maxTries }: ShrinkLimits,
): Promise<History> {
  let tries = 0;
  const stillFails = async (operations: readonly Operation[], pairs = history.pairs) => {
    tries += 1;
    return tries <= maxTries && (await fails({ ...history, pairs, operations }));
  };
  let best = await shortestPrefix(history.operations, stillFails);
  for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < best.length && tries < maxTries; ) {
      const without = [...best.slice(0, start), ...best.slice(start + size)];
      if (await stillFails(without)) best = without;
      else start += size;
    }
  }
  let { pairs } = history;
  while (pairs > 4 && (await stillFails(best, Math.floor(pairs / 2))))
    pairs = Math.floor(pairs / 2);
  return { ...history, pairs, operations: best };
}

/** A history that is cut off earlier ends in calm earlier, which may well hide the fault. */
async function shortestPrefix(
  operations: readonly Operation[],
  stillFails: (operations: readonly Operation[]) => Promise<boolean>,
): Promise<readonly Operation[]> {
  let best = operations;
  for (let low = 0; low < best.length; ) {
    const length = Math.floor((low + best.length) / 2);
    const prefix = operations.slice(0, length);
    if (await stillFails(prefix)) best = prefix;
    else low = length + 1;
  }
  return best;
}
