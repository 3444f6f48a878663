/** What came of reading a value from outside. */
import type { FieldValue } from "./field-value.ts";

/** A refusal as a person reads it beside the field. */
export interface ValueRefusal {
  readonly code: string;
  readonly message: string;
}

export type ReadResult =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly refusal: ValueRefusal };

export const accept = (value: FieldValue): ReadResult => ({ ok: true, value });
export const refuse = (code: string, message: string): ReadResult => ({
  ok: false,
  refusal: { code, message },
});
