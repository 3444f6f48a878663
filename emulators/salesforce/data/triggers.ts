import type { FieldValue } from "../schema/types.ts";
import type { SaveError } from "./errors.ts";
import type { StoredRecord } from "./store.ts";
import type { Transaction } from "./transaction.ts";

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

/**
 * Code that runs when records are saved: at most 200 rows at a time, inside the transaction. What it
 * throws refuses every row of the invocation.
 */
export interface Trigger {
  readonly name: string;
  readonly objectName: string;
  run(invocation: TriggerInvocation): void;
}

export interface TriggerInvocation {
  readonly timing: "before" | "after";
  readonly operation: TriggerOperation;
  readonly rows: readonly TriggerRow[];
  readonly transaction: Transaction;
}
