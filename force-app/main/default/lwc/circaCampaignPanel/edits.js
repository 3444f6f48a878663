import { fill } from "c/circaText";

/** Notices which fields of a record its user has edited since it was first seen. */
export class RecordWatch {
  values = null;

  constructor(userId) {
    this.userId = userId;
  }

  /** @returns API names of the fields that this user has changed since the last look */
  editsIn({ fields }) {
    const before = this.values;
    this.values = Object.fromEntries(
      Object.entries(fields).map(([name, { value }]) => [name, value]),
    );
    // A revert by the sync itself is no edit of the user.
    if (!before || this.values.LastModifiedById !== this.userId) return [];
    return Object.keys(this.values).filter(
      (name) => name !== "LastModifiedById" && name in before && before[name] !== this.values[name],
    );
  }

  forget() {
    this.values = null;
  }
}

/** What to say of edits: who owns the field, and what happens to the new value. */
export function editNotices(fields, edited, labels) {
  return fields
    .filter(({ campaignField }) => edited.includes(campaignField))
    .map(({ campaignField, campaignLabel, direction }) => ({
      key: campaignField,
      variant: direction === "To_Salesforce" ? "warning" : "info",
      message: fill(direction === "To_Salesforce" ? labels.putBack : labels.travels, campaignLabel),
    }));
}
