import { Decimal } from "decimal.js";
import { FormulaError, FormulaRuntimeError, textOf } from "../types.ts";
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

function toNumber(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return Number(trimmed);
  throw new FormulaRuntimeError(`VALUE can't read "${text}" as a number`);
}

/** REGEX compares the whole text, with Java's patterns; those that JavaScript lacks are refused. */
const matchesPattern: FunctionCompiler = (call) => {
  requireParts(call, 2);
  const [subject, pattern] = call.parts;
  if (!subject || !pattern) throw new FormulaError("REGEX takes 2 parts", call.offset);
  requireType(call, subject, "text");
  if (pattern.literal === undefined) {
    throw new FormulaError("REGEX needs a literal pattern here", pattern.offset);
  }
  const source = pattern.literal;
  if (/\\[pPAzZGQ]|\(\?[a-zA-Z>]|[*+?}]\+|\[[^\]]*&&/.test(source)) {
    throw new FormulaError(`the pattern ${source} uses what is not supported`, pattern.offset);
  }
  let compiled: RegExp;
  try {
    compiled = new RegExp(`^(?:${source})$`, "u");
  } catch {
    throw new FormulaError(`the pattern ${source} can't be read`, pattern.offset);
  }
  return { type: "boolean", run: (input) => compiled.test(textOf(subject.run(input))) };
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

const includes: FunctionCompiler = (call) => {
  requireParts(call, 2);
  const [field, value] = call.parts;
  if (!field || value?.literal === undefined) {
    throw new FormulaError(
      "INCLUDES needs a multi-select picklist and a literal text",
      call.offset,
    );
  }
  requireType(call, field, "multipicklist");
  const wanted = value.literal;
  return { type: "boolean", run: (input) => textOf(field.run(input)).split(";").includes(wanted) };
};

const count = (value: unknown): number => Math.max(Math.trunc(Number(value)), 0);

export const textFunctions: Readonly<Record<string, FunctionCompiler>> = {
  TEXT: toText,
  VALUE: valueFunction(["text"], "number", ([text]) => toNumber(String(text))),
  LEN: valueFunction(["text"], "number", ([text]) => String(text).length),
  LEFT: valueFunction(["text", "number"], "text", ([text, size]) =>
    String(text).slice(0, count(size)),
  ),
  RIGHT: valueFunction(["text", "number"], "text", ([text, size]) =>
    count(size) === 0 ? "" : String(text).slice(-count(size)),
  ),
  MID: valueFunction(["text", "number", "number"], "text", ([text, start, size]) => {
    const first = Math.max(count(start) - 1, 0);
    return String(text).slice(first, first + count(size));
  }),
  TRIM: valueFunction(["text"], "text", ([text]) => String(text).trim()),
  UPPER: valueFunction(["text"], "text", ([text]) => String(text).toUpperCase()),
  LOWER: valueFunction(["text"], "text", ([text]) => String(text).toLowerCase()),
  CONTAINS: valueFunction(["text", "text"], "boolean", ([text, part]) =>
    String(text).includes(String(part)),
  ),
  BEGINS: valueFunction(["text", "text"], "boolean", ([text, start]) =>
    String(text).startsWith(String(start)),
  ),
  SUBSTITUTE: valueFunction(["text", "text", "text"], "text", ([text, old, replacement]) =>
    old === "" ? String(text) : String(text).split(String(old)).join(String(replacement)),
  ),
  REGEX: matchesPattern,
  ISPICKVAL: isPicklistValue,
  INCLUDES: includes,
};
