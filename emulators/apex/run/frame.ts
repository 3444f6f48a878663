import type { SourcePosition } from "../errors.ts";
import type { Value } from "../values/value.ts";
import type { Runtime } from "./runtime.ts";

/** One call on the Apex stack: its variables and the statement it is at. */
export class Frame {
  readonly rt: Runtime;
  readonly self: Value;
  /** Parameters first, then locals, by the number the compiler gave them. */
  readonly slots: Value[];
  /** `Class.Outer.method` or `Trigger.Name`, as stack traces print it. */
  readonly label: string;
  readonly caller: Frame | null;
  readonly depth: number;
  /** Whether the running user's sharing is minded here. */
  sharing: boolean;
  at: SourcePosition | null = null;
  result: Value = null;

  constructor(
    rt: Runtime,
    self: Value,
    slots: Value[],
    label: string,
    caller: Frame | null,
    sharing: boolean,
  ) {
    this.rt = rt;
    this.self = self;
    this.slots = slots;
    this.label = label;
    this.caller = caller;
    this.sharing = sharing;
    this.depth = caller ? caller.depth + 1 : 1;
  }
}

export type Evaluate = (frame: Frame) => Value;

/** How a statement ended. */
export const completion = { normal: 0, break: 1, continue: 2, return: 3 } as const;
export type Completion = (typeof completion)[keyof typeof completion];
export type Execute = (frame: Frame) => Completion;
