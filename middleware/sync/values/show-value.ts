import { firstCharacters } from "./shorten.ts";
import { storable } from "./storable.ts";

const shownCharacters = 80;
/** Of a huge text no more is looked at. */
const readUnits = 16 * shownCharacters;

/** `text` on one line, in quotes, cut to 80 characters with a sign that it was cut. */
export function quoteText(text: string): string {
  const read = storable(text.slice(0, readUnits).replace(/\s+/g, " "));
  const shown = firstCharacters(read, shownCharacters);
  const cut = shown !== read || text.length > readUnits;
  return `"${shown}${cut ? "…" : ""}"`;
}

/** Any value from outside in words that fit into a sentence. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  try {
    return quoteText(JSON.stringify(value)).slice(1, -1);
  } catch {
    return "an unreadable value";
  }
}
