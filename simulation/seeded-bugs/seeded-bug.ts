/** A bug to plant, as a change of the source that is made while it is loaded. */
import type { OperationKind } from "../history/operation.ts";

export interface SeededBug {
  readonly name: string;
  /** What it stands for. */
  readonly meaning: string;
  /** A seed from which it is found soon, so that the test is short. @default 1 */
  readonly fromSeed?: number;
  /** How long a history has to be to show it. @default the seeded bugs' test says so */
  readonly operations?: number;
  /** What chance alone would hardly bring. */
  readonly kinds?: readonly OperationKind[];
  /** Only a sweep can show it; the others are looked for without one, which might repair them. */
  readonly needsSweep?: true;
  readonly changes: readonly {
    readonly file: string;
    /** Must stand there exactly once. */
    readonly find: string;
    readonly replace: string;
  }[];
}
