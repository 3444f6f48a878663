import { directionsOf, fittingFields } from "./fit";

/** Words that say the same in names of fields. */
const alike = { begin: "start", finish: "end", title: "name", url: "link", site: "website" };
/** Words that say nothing. */
const empty = new Set(["circa", "event", "campaign", "c", "field", "the", "of"]);

function wordsOf(...texts) {
  const words = texts
    .join(" ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !empty.has(word))
    .map((word) => alike[word] ?? word.replace(/(?<=\w{3})s$/, ""));
  return new Set(words);
}

/** 0: nothing in common. 1: the same words. */
function likeness(words, otherWords) {
  if (words.size === 0 || otherWords.size === 0) return 0;
  const common = [...words].filter((word) => otherWords.has(word)).length;
  return (2 * common) / (words.size + otherWords.size);
}

const enough = 0.6;

/** Looked at for each of many Circa fields, so the words are taken apart once. */
const wordsOfFields = new WeakMap();

function fieldWords(field) {
  const known = wordsOfFields.get(field);
  if (known) return known;
  const words = {
    byLabel: wordsOf(field.label),
    byName: wordsOf(field.name.replace(/__c$/, "")),
  };
  wordsOfFields.set(field, words);
  return words;
}

/**
 * The Campaign fields most like a Circa field by name, among those that fit by type; best first.
 * @param taken names of Campaign fields that are mapped already
 */
export function suggestionsFor(page, circaField, taken = new Set(), atMost = 3) {
  const words = wordsOf(circaField.label);
  return fittingFields(page, circaField)
    .filter(({ name }) => !taken.has(name))
    .map((field) => {
      const { byLabel, byName } = fieldWords(field);
      return { field, score: Math.max(likeness(words, byLabel), likeness(words, byName)) };
    })
    .filter(({ score }) => score >= enough)
    .sort((one, other) => other.score - one.score)
    .slice(0, atMost)
    .map(({ field }) => field);
}

/** A suggestion as a row shows it, with its direction. */
export function asSuggestion({ pairs }, circaField, field) {
  const [direction] = directionsOf(pairs, circaField, field);
  return { name: field.name, label: field.label, direction };
}
