/** What elements and their styles make of text: bold and the like, and whether blanks count. */

const marksByName = new Map(
  (
    "b:b strong:b i:i em:i cite:i var:i dfn:i u:u ins:u s:s strike:s del:s sub:sub sup:sup " +
    "code:code tt:code samp:code kbd:code q:q mark:mark small:small big:big"
  )
    .split(" ")
    .map((entry) => entry.split(":") as [string, string])
    .map(([name, mark]): [string, readonly string[]] => [name, [mark]]),
);
const none: readonly string[] = [];

export const marksOfElement = (name: string): readonly string[] => marksByName.get(name) ?? none;

const styles: readonly (readonly [pattern: RegExp, mark: string])[] = [
  [/font-weight\s*:\s*(?:bold|[6-9]00)/i, "b"],
  [/font-style\s*:\s*(?:italic|oblique)/i, "i"],
  [/text-decoration[a-z-]*\s*:[^;]*underline/i, "u"],
  [/text-decoration[a-z-]*\s*:[^;]*line-through/i, "s"],
  [/vertical-align\s*:\s*sub\b/i, "sub"],
  [/vertical-align\s*:\s*super\b/i, "sup"],
];

export function marksOfStyle(style: string): string[] {
  return styles.flatMap(([pattern, mark]) => (pattern.test(style) ? [mark] : []));
}

/** Whether an element says that blanks count as they are; null where it says nothing of it. */
export function keepsBlanks(name: string, style: string): boolean | null {
  const said = style === "" ? null : /white-space\s*:\s*([a-z-]+)/i.exec(style);
  if (said) return /^(?:pre|break-spaces)/i.test(said[1] ?? "");
  return name === "pre" ? true : null;
}
