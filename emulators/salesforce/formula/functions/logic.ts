import { areEqual } from "../operators.ts";
import { FormulaError, textOf } from "../types.ts";
import { type FunctionCompiler, requireParts, requireSameType, requireType } from "./define.ts";

function junction(stop: boolean): FunctionCompiler {
  return (call) => {
    requireParts(call, 1, Infinity);
    for (const part of call.parts) requireType(call, part, "boolean");
    return {
      type: "boolean",
      run: (input) =>
        call.parts.some((part) => (part.run(input) === true) === stop) ? stop : !stop,
    };
  };
}

const not: FunctionCompiler = (call) => {
  requireParts(call, 1);
  const [part] = call.parts;
  if (part) requireType(call, part, "boolean");
  return { type: "boolean", run: (input) => part?.run(input) !== true };
};

/** CASE(expression, value, result, …, else): a picklist is compared by its value's name. */
const chooseCase: FunctionCompiler = (call) => {
  requireParts(call, 4, Infinity);
  const [subject, ...rest] = call.parts;
  const otherwise = rest.pop();
  if (!subject || !otherwise || rest.length % 2 !== 0) {
    throw new FormulaError("CASE needs pairs of value and result, and an else", call.offset);
  }
  requireType(call, subject, "text", "number", "boolean", "date", "datetime", "picklist");
  const type = subject.type === "picklist" ? "text" : subject.type;
  const values = rest.filter((_, index) => index % 2 === 0);
  const results = rest.filter((_, index) => index % 2 === 1);
  for (const value of values) requireType(call, value, type);
  return {
    type: requireSameType(call, [...results, otherwise]),
    run: (input) => {
      const found = subject.run(input);
      const index = values.findIndex((value) => areEqual(type, found, value.run(input)));
      return (results[index] ?? otherwise).run(input);
    },
  };
};

const isBlank: FunctionCompiler = (call) => {
  requireParts(call, 1);
  const [part] = call.parts;
  return { type: "boolean", run: (input) => textOf(part?.run(input) ?? null) === "" };
};

export const logicFunctions: Readonly<Record<string, FunctionCompiler>> = {
  AND: junction(false),
  OR: junction(true),
  NOT: not,
  CASE: chooseCase,
  ISBLANK: isBlank,
};
