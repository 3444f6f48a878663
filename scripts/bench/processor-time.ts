/** Processor time instead of the clock's, so that other work on the machine counts less. */

export interface Rounds {
  readonly rounds: number;
  /** Seconds of processor time that they took, garbage collection included. */
  readonly seconds: number;
}

/**
 * Repeats `round` until it has used up `leastMs` of processor time.
 * @param warmUpMs processor time spent before the measuring starts
 */
export function measureRounds(round: () => void, leastMs: number, warmUpMs: number): Rounds {
  repeat(round, warmUpMs);
  return repeat(round, leastMs);
}

function repeat(round: () => void, leastMs: number): Rounds {
  const before = process.cpuUsage();
  for (let rounds = 1; ; rounds += 1) {
    round();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1_000_000;
    if (seconds * 1_000 >= leastMs) return { rounds, seconds };
  }
}
