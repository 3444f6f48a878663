/** What a bench is; each is one file beside this one, named in `all-benches.ts`. */

export interface Measurement {
  /** What was counted, e.g. `link comparisons a second on one core`. */
  readonly unit: string;
  readonly perSecond: number;
  /** What the product promises of the same unit. */
  readonly goalPerSecond: number;
}

export interface Bench {
  /** The word that runs it: `npm run bench -- <name>`. */
  readonly name: string;
  /** What it measures, in one sentence. */
  readonly about: string;
  /** Runs only when it is named. @default false */
  readonly isLong?: boolean;
  /** Details go out by `print`, a line at a time. @returns null when it has no goal of one figure */
  run(print: (line: string) => void): Promise<Measurement | null> | Measurement;
}
