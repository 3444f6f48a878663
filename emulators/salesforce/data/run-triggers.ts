import type { ObjectSchema } from "../schema/types.ts";
import { saveError } from "./errors.ts";
import type { SaveRow } from "./save-row.ts";
import type { Transaction } from "./org.ts";
import type { DraftRecord, TriggerOperation } from "./triggers.ts";

/** Runs the object's triggers over one chunk. A trigger that throws refuses every row of it. */
export function runTriggers(
  transaction: Transaction,
  object: ObjectSchema,
  timing: "before" | "after",
  operation: TriggerOperation,
  drafts: readonly { row: SaveRow; draft: DraftRecord }[],
): void {
  const rows = drafts.map(({ row, draft }) => ({
    before: row.before,
    after: operation === "delete" ? null : draft,
    addError: (error: (typeof row.errors)[number]) => void row.errors.push(error),
  }));
  for (const trigger of transaction.org.triggers) {
    if (trigger.objectName !== object.name) continue;
    try {
      trigger.run({ timing, operation, rows, transaction });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const event = `${timing === "before" ? "Before" : "After"}${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
      const text = `${trigger.name}: execution of ${event}\n\ncaused by: ${reason}`;
      for (const { row } of drafts) {
        row.errors.push(saveError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", text));
      }
    }
  }
}
