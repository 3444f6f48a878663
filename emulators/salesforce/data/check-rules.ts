import { FormulaRuntimeError } from "../formula/types.ts";
import type { ObjectSchema, ValidationRule } from "../schema/types.ts";
import { type SaveError, saveError } from "./errors.ts";
import { type FormulaActor, formulaInput } from "./formula-input.ts";
import type { StoredRecord } from "./store.ts";

/** What the object's active validation rules say against a record, one error a rule. */
export function brokenRules(
  actor: FormulaActor,
  object: ObjectSchema,
  record: StoredRecord,
  before: StoredRecord | null,
): SaveError[] {
  const input = formulaInput(actor, record, before);
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
