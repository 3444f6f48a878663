import type { ProblemCode } from "./index.ts";

/** A problem: one field, or a link as a whole, that can't be brought in line. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, in words, with the field's label and the offending value. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** null when it is about the link as a whole. */
  readonly fieldKey: string | null;
  readonly fieldLabel: string | null;
}
