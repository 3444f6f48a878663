import { cutText } from "c/circaText";

/** A mapping's label in Setup takes so many characters. */
const labelLength = 40;

const editable = ["campaignField", "direction", "blankRule", "recordType", "active", "notes"];

/**
 * The page's rows: one for each Circa field, and one for each mapping of a field that is not in
 * the catalogue. A row holds the stored mapping (null when there is none), the draft that is being
 * edited, and what is wrong with it.
 * @param page what `loadPage` answers
 */
export function buildRows(page) {
  const byKey = new Map();
  for (const { row, result } of page.mappings) {
    const same = byKey.get(row.circaFieldKey) ?? [];
    byKey.set(row.circaFieldKey, [...same, { row, result }]);
  }
  const labels = new Map(page.campaignFields.map(({ name, label }) => [name, label]));
  const rows = page.catalogue.fields.flatMap((field) => {
    const mappings = byKey.get(field.key) ?? [];
    byKey.delete(field.key);
    if (mappings.length === 0) return field.active ? [rowOf(field, null, labels)] : [];
    return mappings.map((mapping) => rowOf(field, mapping, labels));
  });
  const unknown = [...byKey].flatMap(([key, mappings]) =>
    mappings.map((mapping) => rowOf(fieldNotThere(key, page.catalogue.loaded), mapping, labels)),
  );
  return [...rows, ...unknown].sort(inOrder);
}

/** Whether it is gone from Circa can only be said once the catalogue is known. */
function fieldNotThere(key, isGone) {
  return {
    key,
    label: key,
    type: "UNKNOWN",
    typeLabel: "",
    section: "",
    order: 0,
    required: false,
    readOnly: false,
    active: !isGone,
  };
}

function rowOf(circaField, mapping, labels) {
  // Lightning leaves out members that are null, and a draft has all of them.
  const stored = mapping ? { ...blankDraft(circaField), ...mapping.row } : null;
  const row = {
    rowKey: stored?.rowKey ?? `new:${circaField.key}`,
    circaField,
    stored,
    draft: stored ? { ...stored } : blankDraft(circaField),
    campaignLabel: labels.get(stored?.campaignField) ?? stored?.campaignField ?? null,
    errors: mapping?.result.errors ?? [],
    warnings: mapping?.result.warnings ?? [],
    refusal: null,
  };
  return { ...row, rank: rankOf(row) };
}

function blankDraft({ key }) {
  return {
    developerName: null,
    label: null,
    circaFieldKey: key,
    campaignField: null,
    direction: null,
    blankRule: "Copy",
    recordType: null,
    active: true,
    notes: null,
    version: null,
  };
}

const ranks = ["broken", "unmapped", "mapped", "off"];

/** @returns {"broken" | "unmapped" | "mapped" | "off"} as it is stored, so that rows stay where they are while being edited */
export function rankOf({ stored, errors, refusal }) {
  if (refusal || (stored?.active !== false && errors.length > 0)) return "broken";
  if (!stored) return "unmapped";
  return stored.active ? "mapped" : "off";
}

function inOrder(one, other) {
  return (
    ranks.indexOf(one.rank) - ranks.indexOf(other.rank) ||
    one.circaField.order - other.circaField.order ||
    one.circaField.label.localeCompare(other.circaField.label)
  );
}

/** Whether saving would change something. */
export function isChanged({ stored, draft }) {
  if (!stored) return draft.campaignField != null;
  return editable.some((name) => (draft[name] ?? null) !== (stored[name] ?? null));
}

/** The row with other choices; what was wrong with the old ones no longer holds. */
export function withDraft(row, changes) {
  return { ...row, draft: { ...row.draft, ...changes }, errors: [], refusal: null };
}

/** The rows with what the server found, by row key. */
export function withResults(rows, results) {
  const byKey = new Map(results.map((result) => [result.rowKey, result]));
  return rows.map((row) => {
    const found = byKey.get(row.rowKey);
    return found ? { ...row, errors: found.errors, warnings: found.warnings } : row;
  });
}

/** A row as `save` takes it. */
export function rowToSave({ rowKey, draft, stored, circaField }, campaignFields) {
  const target = campaignFields.find(({ name }) => name === draft.campaignField);
  const label = `${circaField.label} to ${target?.label ?? draft.campaignField}`;
  // A label that names another field than the row's would name the row wrongly in every message.
  const isSame = stored?.label && stored.campaignField === draft.campaignField;
  return { ...draft, rowKey, label: isSame ? stored.label : cutText(label, labelLength) };
}
