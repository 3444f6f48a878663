export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** @param values at least one, in any order */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @param values one per repeat, at least one */
export function spread(values: readonly number[]): Spread {
  const { p50, max } = percentiles(values);
  return { median: p50, min: Math.min(...values), max };
}
