import {
  asSuggestion,
  directionsOf,
  FROM_SALESFORCE,
  suggestionsFor,
  takenFields,
  TO_SALESFORCE,
  withDraft,
} from "c/circaMappingModel";

/**
 * Does one thing to many rows; rows for which it makes no sense stay as they are.
 * @param action `suggest`, `on`, `off`, `to` or `from`
 */
export function applyToRows(action, rows, selected, page) {
  if (action === "suggest") return useSuggestions(rows, selected, page);
  return rows.map((row) => {
    if (!selected.has(row.rowKey) || !row.draft.campaignField) return row;
    return withAction(action, row, page);
  });
}

function withAction(action, row, page) {
  if (action === "on" || action === "off") return withDraft(row, { active: action === "on" });
  const direction = action === "to" ? TO_SALESFORCE : FROM_SALESFORCE;
  const field = page.campaignFields.find(({ name }) => name === row.draft.campaignField);
  const possible = field ? directionsOf(page.pairs, row.circaField, field) : [];
  return possible.includes(direction) ? withDraft(row, { direction }) : row;
}

function useSuggestions(rows, selected, page) {
  const taken = new Set(takenFields(rows).keys());
  return rows.map((row) => {
    if (!selected.has(row.rowKey) || row.draft.campaignField) return row;
    const [field] = suggestionsFor(page, row.circaField, taken, 1);
    if (!field) return row;
    taken.add(field.name);
    const { name, direction } = asSuggestion(page, row.circaField, field);
    return withDraft(row, { campaignField: name, direction });
  });
}
