/** Problems as people read them. */
import type { Fault, Problem } from "../../middleware/model/problems/problem.ts";
import { wordsOf, type ProblemWords } from "../../middleware/model/problems/words.ts";

export type Worded = Pick<Problem, "code" | "fieldKey" | "fieldLabel"> & ProblemWords;

export function worded(problem: Problem): Worded {
  const { code, fieldKey, fieldLabel } = problem;
  return { code, ...wordsOf(problem), fieldKey, fieldLabel };
}

/** Message and hint, a line each. */
export function linesOf(fault: Fault): string {
  const { message, hint } = wordsOf(fault);
  return `${message}\n${hint}`;
}
