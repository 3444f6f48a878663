/** A picklist's values as both sides write them. */
import type { CampaignField, PicklistValue } from "../../../model/fields.ts";
import type { Converted } from "../conversion.ts";
import { fail, type Route } from "../problems.ts";
import { showList } from "../show-value.ts";
import { ok } from "../sides.ts";
import { checkCampaignText, normaliseText } from "../text.ts";

export interface PicklistVocabulary {
  /**
   * The stored value that a text of either side means: the value itself, its label, or one of
   * them in other letters (`COMMITTED` for `Committed`); the text itself when it is none.
   */
  readonly resolve: (text: string) => string;
  /** The stored value of a text that is in the list exactly; undefined otherwise. Fast. */
  readonly exact: (text: string) => string | undefined;
  /** How Circa writes a stored value. */
  readonly inCirca: (value: string) => string;
  /** Place in Salesforce's own order; behind all others when unknown. */
  readonly position: (value: string) => number;
  /** Refuses what Salesforce would refuse. */
  readonly check: (value: string, trip: Route) => Converted;
}

export interface Wording {
  /** What the Circa field offers; empty when it is no list, or the list is not known. */
  readonly options: readonly string[];
  /** Free text of Circa shows labels; a list of Circa holds values. */
  readonly prefer: "value" | "label";
  /** Values that the list offered once: they keep the label they had. */
  readonly removed: readonly Pick<PicklistValue, "value" | "label">[];
}

/** @param field a picklist, its values narrowed to the record type where that matters. */
export function makePicklistVocabulary(field: CampaignField, wording: Wording): PicklistVocabulary {
  const entries = new Map<string, Pick<PicklistValue, "value" | "label">>();
  // Active ones first: where two share a word, it means the active one.
  for (const entry of field.picklistValues.toSorted(
    (a, b) => Number(b.active) - Number(a.active),
  )) {
    setOnce(entries, normaliseText(entry.value), entry);
  }
  for (const entry of wording.removed) setOnce(entries, normaliseText(entry.value), entry);
  const forms = chooseForms(entries, wording);
  const words = new Map<string, string>();
  for (const [word, { value }] of entries) setOnce(words, word, value);
  for (const [value, form] of forms) setOnce(words, form, value);
  for (const { value, label } of entries.values()) setOnce(words, normaliseText(label), value);
  const anyCase = new Map<string, string>();
  for (const [word, value] of words) setOnce(anyCase, word.toLowerCase(), value);

  const active = new Set<string>();
  const positions = new Map<string, number>();
  field.picklistValues.forEach((entry, index) => {
    setOnce(positions, entry.value, index);
    if (entry.active) active.add(entry.value);
  });
  const list = showList([...active].map((value) => forms.get(value) ?? value));

  return {
    resolve: (text) => words.get(text) ?? anyCase.get(text.toLowerCase()) ?? text,
    exact: (text) => words.get(text),
    inCirca: (value) => forms.get(value) ?? value,
    position: (value) => positions.get(value) ?? positions.size,
    check: (value, trip) => {
      if (active.has(value)) return ok(value);
      if (!field.restrictedPicklist) return checkCampaignText(value, field, trip);
      return positions.has(value)
        ? fail("VALUE_INACTIVE", trip, value, { list })
        : fail("VALUE_NOT_IN_LIST", trip, value, { list });
    },
  };
}

/** How Circa writes each stored value: by value or, where that is what Circa knows, by label. */
function chooseForms(
  entries: ReadonlyMap<string, Pick<PicklistValue, "value" | "label">>,
  { options, prefer }: Wording,
): Map<string, string> {
  const offered = new Set(options.map(normaliseText));
  const taken = new Set<string>();
  const forms = new Map<string, string>();
  for (const [word, entry] of entries) {
    const label = normaliseText(entry.label);
    const wanted = prefer === "label" || (!offered.has(word) && offered.has(label));
    // A label that is another value's name, or already taken, would be read back as that one.
    const usable = label !== "" && !label.includes(";") && !entries.has(label) && !taken.has(label);
    forms.set(entry.value, wanted && usable ? label : word);
    if (wanted && usable) taken.add(label);
  }
  return forms;
}

function setOnce<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (key !== "" && !map.has(key)) map.set(key, value);
}
