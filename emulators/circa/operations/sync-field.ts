/** The integration's side of a field: whose its values are, and where its list comes from. */
import type { Circa } from "../circa.ts";
import type { CrmSync, FieldRow } from "../entities.ts";
import { unprocessable } from "../errors.ts";
import { announceField } from "./announce.ts";
import { hasOptions } from "./edit-field.ts";

/**
 * Joins a field to a Campaign field, or lets it go with null: its last list stays then, unlocked.
 * @throws {ApiError} 422 when the field can't be synced that way
 */
export function syncField(circa: Circa, field: FieldRow, crmSync: CrmSync | null): FieldRow {
  if (crmSync) check(field, crmSync);
  const options = crmSync?.options?.map(({ value }) => value) ?? field.options;
  const row: FieldRow = { ...field, crmSync, options };
  if (JSON.stringify(row) === JSON.stringify(field)) return field;
  circa.store.putField(row);
  announceField(circa, "field.updated", row);
  return row;
}

function check(field: FieldRow, { direction, options }: CrmSync): void {
  const refuse = (at: string, code: string, message: string) =>
    unprocessable([{ field: at, code, message }]);
  if (direction === "from_salesforce" && (field.readOnly || field.type === "TEAM")) {
    const message = `${field.label} can't be written: it can only be synced to Salesforce`;
    throw refuse("direction", "read_only", message);
  }
  if (options === null) return;
  if (!hasOptions(field.type)) {
    throw refuse("options", "no_list", `A ${field.type} field has no list of values`);
  }
  const values = options.map(({ value }) => value);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw refuse("options", "invalid", `"${twice}" is there twice`);
}
