import type { OrgSchema } from "../schema/org-schema.ts";
import type { FieldType } from "../schema/types.ts";
import { compileFormula } from "./compile.ts";
import { FormulaError, type FormulaScope, type FormulaType } from "./types.ts";

const defaultTypes: Readonly<Partial<Record<FieldType, FormulaType>>> = {
  boolean: "boolean",
  int: "number",
  double: "number",
  currency: "number",
  percent: "number",
  date: "date",
  datetime: "datetime",
};

/**
 * Makes the schema's active validation rules and its default values ready to be evaluated.
 * @throws Error with file, line and column in the formula, and what is wrong or not supported
 */
export function prepareFormulas(schema: OrgSchema): void {
  for (const object of schema.objects()) {
    const scope: FormulaScope = {
      object,
      objectNamed: (name) => schema.object(name),
      customPermissions: schema.customPermissions,
    };
    for (const rule of object.validationRules) {
      if (!rule.active) continue;
      rule.condition = atPlace(rule.sourcePath, rule.formula, () =>
        compileFormula(rule.formula, scope, ["boolean"]),
      );
    }
    for (const field of object.fields.values()) {
      const { defaultFormula: given } = field;
      if (!given) continue;
      const wanted = [defaultTypes[field.type] ?? "text"];
      field.computedDefault = atPlace(given.sourcePath, given.text, () =>
        compileFormula(given.text, { ...scope, object: null }, wanted),
      );
    }
  }
}

function atPlace<Result>(path: string, formula: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const before = formula.slice(0, error.offset).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new Error(`${path}: formula, ${place}: ${error.problem}.`, { cause: error });
  }
}
