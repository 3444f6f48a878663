import type { FieldValue } from "../schema/types.ts";
import type { SaveError } from "./errors.ts";
import type { StoredRecord } from "./store.ts";
import type { TriggerOperation } from "./triggers.ts";

/** One row of a call on its way through the save. */
export interface SaveRow {
  readonly index: number;
  readonly operation: TriggerOperation;
  id: string | null;
  before: StoredRecord | null;
  /** What the caller wrote, by field name. */
  readonly values: Map<string, FieldValue>;
  errors: SaveError[];
}
