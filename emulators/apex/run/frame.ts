/** The shapes of compiled code. */
import type { Value } from "../values/value.ts";
import type { Frame } from "./runtime.ts";

export type { Frame };

export type Evaluate = (frame: Frame) => Value;

/** How a statement ended. */
export const completion = { normal: 0, break: 1, continue: 2, return: 3 } as const;
export type Completion = (typeof completion)[keyof typeof completion];
export type Execute = (frame: Frame) => Completion;
