/** Puts values into a label's places: `fill("{0} of {1}", 1, 2)` is `1 of 2`. */
export function fill(label, ...values) {
  return label.replaceAll(/\{(\d+)\}/g, (place, index) => values[Number(index)] ?? place);
}

/** Text as it is compared in searches: no case, no accents. */
export function searchable(text) {
  return (text ?? "")
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** Whether all words of a search stand somewhere in one of the texts. */
export function holdsWords(search, ...texts) {
  const all = searchable(texts.join(" "));
  return searchable(search)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/**
 * The beginning of a text that fits a field of so many UTF-16 units, never cut inside of what a
 * person sees as one character.
 */
export function cutText(text, maxUnits) {
  if (text.length <= maxUnits) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > maxUnits) break;
    kept += segment;
  }
  return kept;
}

/** An address that a link may lead to; undefined for any other, as `javascript:` from outside. */
export function webAddress(address) {
  try {
    const { protocol } = new URL(address);
    return protocol === "https:" || protocol === "http:" ? address : undefined;
  } catch {
    return undefined;
  }
}
