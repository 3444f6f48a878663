import type { FormulaInput, FormulaRow } from "../formula/types.ts";
import { followReference } from "./computed/follow-reference.ts";
import type { UserAccess } from "../schema/access.ts";
import type { Org } from "./org.ts";

/** Who acts, and where: a transaction, or an org in which no user does. */
export type FormulaActor =
  | { readonly org: Org; readonly userId: string; readonly access: UserAccess }
  | { readonly org: Org; readonly user: null };

/** What a formula sees of the org beside the record. */
export function formulaInput(
  actor: FormulaActor,
  record: FormulaRow,
  before: FormulaRow | null,
): FormulaInput {
  const { org } = actor;
  return {
    record,
    before,
    user:
      "user" in actor
        ? null
        : { row: org.store.get("User", actor.userId) ?? null, access: actor.access },
    follow: (row, field, target) => followReference({ org }, row, field, target),
  };
}
