/** What a screen shows may be cut, visibly; what the sync writes never is. */

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });
const utf16Length = (text: string): number => text.length;

/**
 * Cuts between characters as people see them, so that no emoji or accent is torn apart.
 * @param longest in the units of `lengthOf`, the sign of the cut included
 * @param lengthOf how the target counts. @default UTF-16 units
 */
export function shorten(text: string, longest: number, lengthOf = utf16Length): string {
  let kept = text;
  for (let over = lengthOf(text) - longest; over > 0; over = lengthOf(kept) + 1 - longest) {
    // The first cut also makes room for the sign.
    const end = kept.length - over - (kept === text ? 1 : 0);
    if (end <= 0) return "…";
    kept = text.slice(0, startOfCharacterAt(text, end));
  }
  return kept === text ? text : `${kept}…`;
}

/** The first `count` characters as people see them. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  let taken = 0;
  for (const { index, segment } of characters.segment(text)) {
    if (taken === count) break;
    end = index + segment.length;
    taken += 1;
  }
  return text.slice(0, end);
}

/** No character that means something is longer; accents can be piled up without end. */
const maxCharacterLength = 64;

/** Where the character that holds the unit at `index` begins. */
function startOfCharacterAt(text: string, index: number): number {
  const start = characters.segment(text).containing(index)?.index ?? 0;
  if (index - start <= maxCharacterLength) return start;
  return (text.codePointAt(index - 1) ?? 0) > 0xffff ? index - 1 : index;
}
