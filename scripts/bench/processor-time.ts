/** Processor time instead of the clock's, so that other work on the machine counts less. */

export interface Rounds {
  readonly rounds: number;
  /** Seconds of processor time that they took, garbage collection included. */
  readonly seconds: number;
}

/**
 * Repeats `round` until it has used up `minMs` of processor time.
 * @param warmUpMs processor time spent before the measuring starts
 */
export function measureRounds(round: () => void, minMs: number, warmUpMs: number): Rounds {
  repeat(round, warmUpMs);
  return repeat(round, minMs);
}

function repeat(round: () => void, minMs: number): Rounds {
  const before = process.cpuUsage();
  for (let rounds = 1; ; rounds += 1) {
    round();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1_000_000;
    if (seconds * 1_000 >= minMs) return { rounds, seconds };
  }
}
