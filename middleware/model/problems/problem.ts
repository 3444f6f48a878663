/** A problem as the sync finds it: what is wrong and with which values, not yet in words. */
import type { ProblemCode, problemEntries } from "./index.ts";
import type { Template, Wording } from "./entries/entry.ts";
import type { Parameters, ParametersOf, Phrase } from "./parameters.ts";

type Entry<Code extends ProblemCode> = (typeof problemEntries)[Code];

/** A code or, where it has a wording for each case, `<code>.<case>`. */
export type WordingName = {
  [Code in ProblemCode]: Entry<Code> extends { readonly wordings: infer Wordings }
    ? `${Code}.${keyof Wordings & string}`
    : Code;
}[ProblemCode];

type WordingOf<Name extends WordingName> = Name extends ProblemCode
  ? Entry<Name>
  : Name extends `${infer Code extends ProblemCode}.${infer Case}`
    ? Entry<Code> extends { readonly wordings: infer Wordings }
      ? Wordings[Case & keyof Wordings]
      : never
    : never;

type TemplateOf<Of> = Of extends Wording ? Of["message"] | Of["hint"] : never;

type All<Union> = (Union extends Template ? (it: ParametersOf<Union>) => void : never) extends (
  it: infer Whole,
) => void
  ? Whole
  : never;

/** All that a wording's message and hint name. */
export type ParametersFor<Name extends WordingName> = All<TemplateOf<WordingOf<Name>>>;

/** One field, or a link as a whole, that can't be brought in line. */
export interface Problem {
  readonly code: ProblemCode;
  readonly wording: WordingName;
  /** Plain JSON. May hold what people typed: never to be logged. */
  readonly parameters: Parameters;
  /** null when it is about the link as a whole. */
  readonly fieldKey: string | null;
  readonly fieldLabel: string | null;
}

/** Before it is known which field it is about. */
export type Fault = Pick<Problem, "code" | "wording" | "parameters">;

export function faultOf<Name extends WordingName>(
  wording: Name,
  parameters: ParametersFor<Name>,
): Fault {
  const code = wording.split(".")[0] as ProblemCode;
  return { code, wording, parameters: parameters as unknown as Parameters };
}

/** A problem of a field. */
export function fieldProblem<Name extends WordingName>(
  { key, label }: { readonly key: string; readonly label: string },
  wording: Name,
  parameters: ParametersFor<Name>,
): Problem {
  return { ...faultOf(wording, parameters), fieldKey: key, fieldLabel: label };
}

/** A problem of the link as a whole. */
export function linkProblem<Name extends WordingName>(
  wording: Name,
  parameters: ParametersFor<Name>,
): Problem {
  return { ...faultOf(wording, parameters), fieldKey: null, fieldLabel: null };
}

/** Its message begins with this sentence. */
export function introduced(problem: Problem, lead: Phrase): Problem {
  return { ...problem, parameters: { ...problem.parameters, lead } };
}
