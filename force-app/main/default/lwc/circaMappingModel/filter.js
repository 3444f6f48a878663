import { holdsWords } from "c/circaText";
import { isChanged } from "./rows";

/**
 * The rows that are asked for.
 * @param filter `{search, state, section}`; an empty text means all
 */
export function filterRows(rows, { search, state, section }) {
  return rows.filter(
    (row) =>
      (!state || (state === "changed" ? isChanged(row) : row.rank === state)) &&
      (!section || row.circaField.section === section) &&
      (!search ||
        holdsWords(
          search,
          row.circaField.label,
          row.circaField.key,
          row.draft.campaignField,
          row.campaignLabel,
        )),
  );
}

/**
 * The Campaign fields that active rows have.
 * @returns by field name: `[{rowKey, label, recordType}]`
 */
export function takenFields(rows) {
  const taken = new Map();
  for (const { draft, circaField, rowKey } of rows) {
    if (!draft.active || !draft.campaignField) continue;
    const users = taken.get(draft.campaignField) ?? [];
    const user = { rowKey, label: circaField.label, recordType: draft.recordType };
    taken.set(draft.campaignField, [...users, user]);
  }
  return taken;
}
