/** Chance that repeats for the same seed. */
import { seededRandom } from "../../emulators/random.ts";

export class Chance {
  /** From 0 (included) to 1 (excluded). */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seededRandom(seed);
  }

  /** A whole number from 0 to `below - 1`. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }
}
