import type { UserAccess } from "../schema/access.ts";
import type { FieldSchema, FieldValue, ObjectSchema } from "../schema/types.ts";

/** What an expression yields. `blank` is NULL, which fits every type. */
export type FormulaType =
  | "text"
  | "number"
  | "boolean"
  | "date"
  | "datetime"
  | "picklist"
  | "multipicklist"
  | "blank";

export type FormulaRow = Readonly<Record<string, FieldValue>>;

/** What a formula is evaluated on. */
export interface FormulaInput {
  /** The record as it would be saved. */
  readonly record: FormulaRow;
  /** The record as it was; null for a new one. */
  readonly before: FormulaRow | null;
  /** Null where no user acts, as when source is loaded. */
  readonly user: { readonly row: FormulaRow | null; readonly access: UserAccess } | null;
  /** The row that a lookup leads to; null when it leads nowhere. */
  follow(row: FormulaRow, field: FieldSchema, target: ObjectSchema): FormulaRow | null;
}

/** What names in a formula may mean. */
export interface FormulaScope {
  /** The object whose fields may be named; null for default values, which see no record. */
  readonly object: ObjectSchema | null;
  objectNamed(name: string): ObjectSchema | undefined;
  readonly customPermissions: ReadonlySet<string>;
}

/** A part of a formula that can be evaluated. Dates, date-times and blanks as `FieldValue` has them. */
export interface Expression {
  readonly type: FormulaType;
  /** The record's own field, where the expression is nothing else. */
  readonly field?: FieldSchema;
  /** Set where the expression is a text literal. */
  readonly literal?: string;
  /** @throws FormulaRuntimeError when it has no value, as in a division by zero */
  run(input: FormulaInput): FieldValue;
}

/** A formula that can't be used: it doesn't parse, names what isn't there, or needs what isn't here. */
export class FormulaError extends Error {
  /** @param offset characters from the formula's start */
  constructor(
    readonly problem: string,
    readonly offset: number,
  ) {
    super(problem);
    this.name = "FormulaError";
  }
}

/** A formula that has no value for this record. */
export class FormulaRuntimeError extends Error {}

/** Blank text is empty text. */
export function textOf(value: FieldValue): string {
  return value === null ? "" : String(value);
}
