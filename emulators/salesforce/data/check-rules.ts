import { FormulaRuntimeError } from "../formula/types.ts";
import type { ObjectSchema, ValidationRule } from "../schema/types.ts";
import type { UserAccess } from "./access.ts";
import { type SaveError, saveError } from "./errors.ts";
import type { Org } from "./org.ts";
import type { StoredRecord } from "./store.ts";

/** Who saves, and where: a transaction, or an org in which nobody acts. */
export type RuleActor =
  | { readonly org: Org; readonly userId: string; readonly access: UserAccess }
  | { readonly org: Org; readonly user: null };

/** What the object's active validation rules say against a record, one error a rule. */
export function brokenRules(
  actor: RuleActor,
  object: ObjectSchema,
  record: StoredRecord,
  before: StoredRecord | null,
): SaveError[] {
  const user = "user" in actor ? null : { id: actor.userId, access: actor.access };
  const input = { org: actor.org, record, before, user };
  return object.validationRules.flatMap((rule): SaveError[] => {
    try {
      return rule.condition?.run(input) === true ? [refusal(rule, rule.errorMessage)] : [];
    } catch (error) {
      if (!(error instanceof FormulaRuntimeError)) throw error;
      const text = `The validation rule ${rule.name} has no result for this record: ${error.message}`;
      return [refusal(rule, text)];
    }
  });
}

function refusal(rule: ValidationRule, message: string): SaveError {
  const fields = rule.errorField === null ? [] : [rule.errorField];
  return saveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", message, fields);
}
