import type { FieldValue } from "../schema/types.ts";
import type { SaveError } from "./errors.ts";
import type { StoredRecord } from "./store.ts";

export const triggerOperations = ["insert", "update", "delete", "undelete"] as const;
export type TriggerOperation = (typeof triggerOperations)[number];

/** A record on its way into the store: before-triggers may change it. */
export type DraftRecord = Record<string, FieldValue> & { Id: string };

/** One row of a trigger's invocation. */
export interface TriggerRow {
  /** As it was: null on insert. */
  readonly before: StoredRecord | null;
  /** As it will be, or is: null on delete. Changes count in `before` timing only. */
  readonly after: DraftRecord | null;
  /** Refuses this row, as `addError` does in Apex. */
  addError(error: SaveError): void;
}
