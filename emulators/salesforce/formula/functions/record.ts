import { fieldValue } from "../names.ts";
import { FormulaError } from "../types.ts";
import { type Call, type FunctionCompiler, type Part, requireParts } from "./define.ts";

function requireField(call: Call): Part & { readonly field: NonNullable<Part["field"]> } {
  requireParts(call, 1);
  const [part] = call.parts;
  if (part?.field) return { ...part, field: part.field };
  throw new FormulaError(`${call.name} needs a field of the record itself`, call.offset);
}

/** False for a new record. */
const isChanged: FunctionCompiler = (call) => {
  const { field } = requireField(call);
  return {
    type: "boolean",
    run: ({ record, before }) =>
      before !== null && fieldValue(field, record) !== fieldValue(field, before),
  };
};

/** The field's own value for a new record. */
const priorValue: FunctionCompiler = (call) => {
  const { field, type } = requireField(call);
  return { type, run: ({ record, before }) => fieldValue(field, before ?? record) };
};

const isNew: FunctionCompiler = (call) => {
  requireParts(call, 0);
  if (!call.scope.object) throw new FormulaError("ISNEW needs a record", call.offset);
  return { type: "boolean", run: ({ before }) => before === null };
};

export const recordFunctions: Readonly<Record<string, FunctionCompiler>> = {
  ISCHANGED: isChanged,
  PRIORVALUE: priorValue,
  ISNEW: isNew,
};
