import { asSuggestion, suggestionsFor } from "./suggest";

const nobody = [];

/** What the list shows beside the rows themselves; suggestions are looked for when first shown. */
export class VisibleRows {
  suggestions = new Map();

  constructor(page) {
    this.page = page;
    this.fields = new Map(page.campaignFields.map((field) => [field.name, field]));
  }

  viewOf(row, taken, selected) {
    return {
      key: row.rowKey,
      row,
      campaignField: this.fields.get(row.draft.campaignField),
      suggestion: row.draft.campaignField ? null : this.suggestionOf(row, taken),
      sharedWith: sharersOf(row, taken),
      isSelected: selected.has(row.rowKey),
    };
  }

  suggestionOf({ circaField }, taken) {
    let known = this.suggestions.get(circaField.key);
    if (!known) {
      known = suggestionsFor(this.page, circaField).map((field) =>
        asSuggestion(this.page, circaField, field),
      );
      this.suggestions.set(circaField.key, known);
    }
    return known.find(({ name }) => !taken.has(name)) ?? null;
  }
}

function sharersOf({ rowKey, draft }, taken) {
  const users = taken.get(draft.campaignField);
  if (!users || users.length < 2 || !draft.active) return nobody;
  return users
    .filter((user) => user.rowKey !== rowKey && user.recordType === draft.recordType)
    .map(({ label }) => label);
}
