import { Decimal } from "decimal.js";
import { FormulaError, textOf } from "../types.ts";
import { type FunctionCompiler, requireParts, requireType, valueFunction } from "./define.ts";

/** TEXT of a date-time is `YYYY-MM-DD HH:MM:SSZ`, in GMT. */
const toText: FunctionCompiler = (call) => {
  requireParts(call, 1);
  const [part] = call.parts;
  if (!part) throw new FormulaError("TEXT takes 1 part", call.offset);
  requireType(call, part, "number", "date", "datetime", "picklist");
  return {
    type: "text",
    run: (input) => {
      const value = part.run(input);
      if (typeof value === "number") return new Decimal(value).toFixed();
      if (part.type !== "datetime") return textOf(value);
      return textOf(value)
        .replace("T", " ")
        .replace(/\.\d+Z$/, "Z");
    },
  };
};

/** ISPICKVAL(picklist, literal): the empty literal asks for blank. */
const isPicklistValue: FunctionCompiler = (call) => {
  requireParts(call, 2);
  const [field, value] = call.parts;
  if (!field || value?.literal === undefined) {
    throw new FormulaError("ISPICKVAL needs a picklist and a literal text", call.offset);
  }
  requireType(call, field, "picklist");
  return { type: "boolean", run: (input) => textOf(field.run(input)) === value.literal };
};

const count = (value: unknown): number => Math.max(Math.trunc(Number(value)), 0);

export const textFunctions: Readonly<Record<string, FunctionCompiler>> = {
  TEXT: toText,
  LEN: valueFunction(["text"], "number", ([text]) => String(text).length),
  LEFT: valueFunction(["text", "number"], "text", ([text, size]) =>
    String(text).slice(0, count(size)),
  ),
  UPPER: valueFunction(["text"], "text", ([text]) => String(text).toUpperCase()),
  CONTAINS: valueFunction(["text", "text"], "boolean", ([text, part]) =>
    String(text).includes(String(part)),
  ),
  SUBSTITUTE: valueFunction(["text", "text", "text"], "text", ([text, old, replacement]) =>
    old === "" ? String(text) : String(text).split(String(old)).join(String(replacement)),
  ),
  ISPICKVAL: isPicklistValue,
};
