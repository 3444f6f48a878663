import type { FunctionCompiler } from "./define.ts";
import { logicFunctions } from "./logic.ts";
import { recordFunctions } from "./record.ts";
import { textFunctions } from "./text.ts";

/** Every function that formulas may call here, by its name in capitals. */
export const functions: ReadonlyMap<string, FunctionCompiler> = new Map(
  Object.entries({
    ...logicFunctions,
    ...textFunctions,
    ...recordFunctions,
  }),
);
