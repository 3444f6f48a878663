import type { Phrase, Words } from "../../model/problems/parameters.ts";
import { firstCharacters } from "./shorten.ts";
import { storable } from "./storable.ts";

const shownCharacters = 80;
/** Of a huge text no more is looked at. */
const readUnits = 16 * shownCharacters;

/** `text` on one line, cut to 80 characters with a sign that it was cut. */
export function showText(text: string): string {
  const read = storable(text.slice(0, readUnits).replace(/\s+/g, " "));
  const shown = firstCharacters(read, shownCharacters);
  const cut = shown !== read || text.length > readUnits;
  return `${shown}${cut ? "…" : ""}`;
}

/** Such a text in quotes, as each language has them. */
export const quoteText = (text: string): Phrase<"text"> => ({
  phrase: "text",
  text: showText(text),
});

/** Any value from outside in words that fit into a sentence. */
export function showValue(value: unknown): Words {
  if (value === null || value === undefined) return { phrase: "nothing" };
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  try {
    return showText(JSON.stringify(value));
  } catch {
    return { phrase: "unreadable" };
  }
}

/** The first values of a list in words. */
export function showList(values: readonly string[], maxShown = 10): Words {
  if (values.length === 0) return { phrase: "emptyList" };
  return andMore(values.slice(0, maxShown), values.length);
}

/** Names in quotes, and how many of all are not among them. */
export function andMore(names: readonly string[], all: number): Words {
  const items = names.map(quoteText);
  const more = all - names.length;
  return more > 0 ? { phrase: "andMore", items, more } : items;
}
