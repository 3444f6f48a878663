/** Yes or no. Salesforce's checkbox is never blank, so blank and unchecked are the same. */
import type { Conversion, Converted } from "./conversion.ts";
import { fail, type Route } from "./problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";

function readFlag(raw: unknown, trip: Route): Converted<boolean> {
  if (typeof raw === "boolean") return ok(raw);
  if (raw == null || raw === "" || raw === "false") return ok(false);
  if (raw === "true") return ok(true);
  return fail("WRONG_SHAPE", trip, raw, { expected: { phrase: "aFlag" } });
}

const flagSide = ({ reading }: End): Side<boolean> => ({
  read: (raw) => readFlag(raw, reading),
  write: ok,
});

export function pairCheckboxes(pair: Pair): Conversion {
  const ends = endsOf(pair);
  return join(pair, {
    circa: flagSide(ends.circa),
    campaign: flagSide(ends.campaign),
    same: (a, b) => a === b,
    quick: (a, b) => (typeof a === "boolean" && typeof b === "boolean" ? false : undefined),
  });
}
