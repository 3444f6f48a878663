/**
 * What an answer is made of: types joined by `|`, a list of one kind of item, or names with what they hold;
 * a name with `?` may be missing.
 */
export type Shape = string | readonly [] | readonly [Shape] | { readonly [name: string]: Shape };

/**
 * Where a value is not of a shape: a name too many or missing, another type, a list that is empty where the
 * shape knows its items. What the shape knows only as null or as an empty list may be anything.
 */
export function differences(shape: Shape, value: unknown): string[] {
  const filled = new Map<string, boolean>();
  const found = new Set<string>();
  compare(shape, value, "answer", { filled, found });
  for (const [place, isFilled] of filled) if (!isFilled) found.add(`${place}: is empty`);
  return [...found].sort();
}

interface Findings {
  /** Whether a list holds anything, wherever it comes. */
  readonly filled: Map<string, boolean>;
  readonly found: Set<string>;
}

function compare(shape: Shape, value: unknown, place: string, findings: Findings): void {
  if (typeof shape === "string") {
    const types = shape.split("|");
    if (shape === "null" || types.includes(typeOf(value))) return;
    findings.found.add(`${place}: ${typeOf(value)}, not ${shape}`);
  } else if (isList(shape)) {
    compareList(shape, value, place, findings);
  } else {
    compareNames(shape, value, place, findings);
  }
}

function compareList(
  shape: readonly [] | readonly [Shape],
  value: unknown,
  place: string,
  findings: Findings,
): void {
  if (!Array.isArray(value)) {
    findings.found.add(`${place}: ${typeOf(value)}, not list`);
    return;
  }
  const [item] = shape;
  if (item === undefined) return;
  const before = findings.filled.get(place) ?? false;
  findings.filled.set(place, before || value.length > 0);
  for (const each of value) compare(item, each, `${place}[]`, findings);
}

function compareNames(
  shape: { readonly [name: string]: Shape },
  value: unknown,
  place: string,
  { filled, found }: Findings,
): void {
  if (typeOf(value) !== "names") {
    found.add(`${place}: ${typeOf(value)}, not names`);
    return;
  }
  const given = new Map(Object.entries(value as object));
  for (const [name, inner] of Object.entries(shape)) {
    const bare = name.replace(/\?$/, "");
    if (given.has(bare)) compare(inner, given.get(bare), `${place}.${bare}`, { filled, found });
    else if (bare === name) found.add(`${place}.${bare}: is missing`);
    given.delete(bare);
  }
  for (const name of given.keys()) found.add(`${place}.${name}: no such name`);
}

function isList(shape: Exclude<Shape, string>): shape is readonly [] | readonly [Shape] {
  return Array.isArray(shape);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "names" : typeof value;
}
