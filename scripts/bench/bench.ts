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
  /** Details go out by `print`, a line at a time. */
  run(print: (line: string) => void): Promise<Measurement> | Measurement;
}
