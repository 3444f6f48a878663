import { FormulaRuntimeError } from "../formula/types.ts";
import type { FieldSchema, FieldValue } from "../schema/types.ts";
import { convertValue } from "./convert-value.ts";
import { formulaInput } from "./formula-input.ts";
import type { Transaction } from "./org.ts";

/**
 * A field's default for a new record of this user. A formula without a result, or with one that the
 * field can't take, leaves the field blank, as the page for a new record does.
 */
export function computeDefault(transaction: Transaction, field: FieldSchema): FieldValue {
  try {
    const computed = field.computedDefault?.run(formulaInput(transaction, {}, null)) ?? null;
    // Percents are stored as they are shown: 0.2 is 20 %.
    const shown =
      field.type === "percent" && typeof computed === "number" ? computed * 100 : computed;
    const result = convertValue(field, shown);
    return result.ok ? result.value : null;
  } catch (error) {
    if (error instanceof FormulaRuntimeError) return null;
    throw error;
  }
}
