/** Says why a value can't be carried over. */
import type { Words } from "../../model/problems/parameters.ts";
import { faultOf, type ParametersFor, type WordingName } from "../../model/problems/problem.ts";
import type { ValueProblemCode } from "../../model/problems/entries/value.ts";
import type { Converted } from "./conversion.ts";
import { showValue } from "./show-value.ts";

/** Where a value was read and where it should go, e.g. `Circa's "Budget"`. */
export interface Route {
  readonly from: Words;
  readonly to: Words;
}

type Failed = Extract<Converted, { ok: false }>;
type ValueWording = Extract<WordingName, ValueProblemCode>;
/** What the wording names beside the two fields and the value. */
type Details<Code extends ValueWording> = Omit<ParametersFor<Code>, "from" | "to" | "value">;
type Rest<Code extends ValueWording> = [keyof Details<Code>] extends [never]
  ? []
  : [details: Details<Code>];

/** @param value is shown shortened to 80 characters */
export function fail<Code extends ValueWording>(
  code: Code,
  trip: Route,
  value: unknown,
  ...[details]: Rest<Code>
): Failed {
  const parameters = { ...trip, value: showValue(value), ...details };
  return { ok: false, problem: faultOf(code, parameters as unknown as ParametersFor<Code>) };
}
