import { isChanged, withDraft } from "c/circaMappingModel";

const key = "circaMappingDrafts";
const kept = ["campaignField", "direction", "blankRule", "recordType", "active", "notes"];

/**
 * Keeps what is not saved while another tab of the app is shown: Lightning lets no component ask before it
 * leaves the page. Kept for this browser tab alone; without storage nothing is kept.
 */
export function keepDrafts(rows) {
  const drafts = rows.filter(isChanged).map(({ rowKey, draft }) => ({
    rowKey,
    version: draft.version ?? null,
    changes: Object.fromEntries(kept.map((name) => [name, draft[name] ?? null])),
  }));
  try {
    if (drafts.length === 0) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, JSON.stringify(drafts));
  } catch {
    // A browser may refuse storage; then there is nothing to come back to.
  }
}

/** The rows with what was kept; a row that was changed meanwhile stays as it is now. */
export function withKeptDrafts(rows) {
  const byKey = new Map(readDrafts().map((entry) => [entry.rowKey, entry]));
  return rows.map((row) => {
    const entry = byKey.get(row.rowKey);
    const isSame = entry && entry.version === (row.stored?.version ?? null);
    return isSame ? withDraft(row, entry.changes) : row;
  });
}

function readDrafts() {
  try {
    const found = JSON.parse(window.sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
