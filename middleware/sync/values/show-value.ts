const shownCharacters = 80;

/** `text` on one line, in quotes, cut to 80 characters with a sign that it was cut. */
export function quoteText(text: string): string {
  // Whole code points, so that no emoji is cut in two; the slice keeps huge strings cheap.
  const whole = text.slice(0, 4 * shownCharacters).toWellFormed();
  const characters = Array.from(whole.replace(/\s+/g, " "));
  const cut = characters.length > shownCharacters || text.length > 4 * shownCharacters;
  return `"${characters.slice(0, shownCharacters).join("")}${cut ? "…" : ""}"`;
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
