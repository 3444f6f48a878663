/** A compiled expression: its static type and how to evaluate it. */
import { ApexCompileError, type SourcePosition } from "../errors.ts";
import type { Evaluate } from "../run/frame.ts";
import type { ApexType, TypeInfo } from "../types/type.ts";
import { nullType } from "../types/builtin.ts";
import { ApexValue, type Value } from "../values/value.ts";

export interface Typed {
  readonly type: ApexType;
  readonly run: Evaluate;
  /** May give `skipped`: a `?.` earlier in the chain found null. */
  readonly chained?: boolean;
  /** The rows of an inline query, which may stand for its only row. */
  readonly query?: boolean;
  /** A record or relationship reached through a relationship: reading through null gives null. */
  readonly relationship?: boolean;
  /** `Schema.SObjectType.X` and its `.fields`: members are the object's fields. */
  readonly describes?: { readonly of: TypeInfo; readonly part: "object" | "fields" };
}

class Skipped extends ApexValue {
  readonly type = nullType;
}

/** What a chain evaluates to once a `?.` in it has met null. */
export const skipped: Value = new Skipped();

/** The end of a chain: what was skipped is null. */
export function closeChain(typed: Typed): Typed {
  if (!typed.chained) return typed;
  const { run } = typed;
  const closed: Evaluate = (frame) => {
    const value = run(frame);
    return value === skipped ? null : value;
  };
  const { chained: _chained, ...rest } = typed;
  return { ...rest, run: closed };
}

export function constant(type: ApexType, value: Value): Typed {
  return { type, run: () => value };
}

export function compileError(at: SourcePosition, problem: string): ApexCompileError {
  return new ApexCompileError(at, problem);
}
