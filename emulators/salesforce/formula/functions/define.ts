import type { FieldValue } from "../../schema/types.ts";
import { commonType } from "../operators.ts";
import {
  type Expression,
  FormulaError,
  type FormulaInput,
  type FormulaScope,
  type FormulaType,
  textOf,
} from "../types.ts";

export type Part = Expression & { readonly offset: number };

/** A call as the formula writes it. */
export interface Call {
  readonly name: string;
  readonly scope: FormulaScope;
  readonly offset: number;
  readonly parts: readonly Part[];
}

export type FunctionCompiler = (call: Call) => Expression;

/** @throws FormulaError when the call has another number of parts */
export function requireParts(call: Call, least: number, most = least): void {
  const given = call.parts.length;
  if (given >= least && given <= most) return;
  const wanted =
    least === most ? String(least) : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  throw new FormulaError(`${call.name} takes ${wanted} parts, not ${given}`, call.offset);
}

export function requireType(call: Call, part: Part, ...types: FormulaType[]): void {
  if (types.some((type) => commonType(part.type, type) === type)) return;
  const message = `${call.name} needs ${types.join(" or ")} here, not ${part.type}`;
  throw new FormulaError(message, part.offset);
}

/** The one type that parts have together. */
export function requireSameType(call: Call, parts: readonly Part[]): FormulaType {
  return parts.reduce<FormulaType>((common, part) => {
    const type = commonType(common, part.type);
    if (type) return type;
    throw new FormulaError(`${call.name} can't yield ${common} and ${part.type}`, part.offset);
  }, "blank");
}

/**
 * A function of values. Blank texts come in as empty ones; any other blank makes the result blank.
 * @param types of the parts; a last `type?` may be left out
 */
export function valueFunction(
  types: readonly (FormulaType | `${FormulaType}?`)[],
  result: FormulaType,
  compute: (values: readonly FieldValue[], input: FormulaInput) => FieldValue,
): FunctionCompiler {
  const least = types.filter((type) => !type.endsWith("?")).length;
  const bare = types.map((type) => type.replace("?", "") as FormulaType);
  return (call) => {
    requireParts(call, least, types.length);
    call.parts.forEach((part, index) => requireType(call, part, bare[index] ?? "blank"));
    return {
      type: result,
      run: (input) => {
        const values = call.parts.map((part, index) => {
          const value = part.run(input);
          return bare[index] === "text" ? textOf(value) : value;
        });
        return values.includes(null) ? null : compute(values, input);
      },
    };
  };
}
