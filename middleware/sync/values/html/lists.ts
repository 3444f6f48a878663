/** The marks before the items of lists, as browsers count and write them. */
import type { Attributes } from "./tokens.ts";

export interface ListState {
  readonly ordered: boolean;
  readonly reversed: boolean;
  /** `1`, `a`, `A`, `i` or `I`. */
  readonly type: string;
  /** Number of the first item; null: 1, or as many as there are items where it counts down. */
  readonly start: number | null;
  /** The last number that an item gave itself, and how many items came after it. */
  base: number | null;
  since: number;
  items: number;
}

const wholeNumber = /^\s*[+-]?\d{1,9}/;
const typesOfStyle: Readonly<Record<string, string>> = {
  decimal: "1",
  "lower-alpha": "a",
  "lower-latin": "a",
  "upper-alpha": "A",
  "upper-latin": "A",
  "lower-roman": "i",
  "upper-roman": "I",
};

function numberOf(text: string | undefined): number | null {
  const found = wholeNumber.exec(text ?? "");
  return found ? Number(found[0]) : null;
}

export function openList(ordered: boolean, attributes: Attributes): ListState {
  const style = /list-style(?:-type)?\s*:\s*([a-z-]+)/i.exec(attributes.get("style") ?? "");
  const type = typesOfStyle[style?.[1]?.toLowerCase() ?? ""] ?? attributes.get("type") ?? "1";
  return {
    ordered,
    reversed: attributes.has("reversed"),
    type: /^[1aAiI]$/.test(type) ? type : "1",
    start: numberOf(attributes.get("start")),
    base: null,
    since: 0,
    items: 0,
  };
}

/** Counts an item. @returns its mark, asked for once the list is read whole */
export function openItem(list: ListState | undefined, attributes: Attributes): () => string {
  if (list === undefined || !list.ordered) return () => "-";
  const given = numberOf(attributes.get("value"));
  if (given !== null) [list.base, list.since] = [given, 0];
  const [base, since] = [list.base, list.since];
  list.since += 1;
  list.items += 1;
  return () => {
    const first = base ?? list.start ?? (list.reversed ? list.items : 1);
    return `${written(list.reversed ? first - since : first + since, list.type)}.`;
  };
}

function written(value: number, type: string): string {
  const text = value < 1 ? null : type.toLowerCase() === "a" ? letters(value) : null;
  const roman = value >= 1 && value < 4_000 && type.toLowerCase() === "i" ? romans(value) : null;
  const shown = text ?? roman ?? String(value);
  return type === type.toUpperCase() ? shown.toUpperCase() : shown;
}

function letters(value: number): string {
  const rest = Math.floor((value - 1) / 26);
  const letter = String.fromCharCode(97 + ((value - 1) % 26));
  return rest === 0 ? letter : letters(rest) + letter;
}

const romanDigits = "m:1000 cm:900 d:500 cd:400 c:100 xc:90 l:50 xl:40 x:10 ix:9 v:5 iv:4 i:1"
  .split(" ")
  .map((entry) => entry.split(":"))
  .map(([letter = "", worth]) => ({ letter, worth: Number(worth) }));

function romans(value: number): string {
  let [text, rest] = ["", value];
  for (const { letter, worth } of romanDigits) {
    for (; rest >= worth; rest -= worth) text += letter;
  }
  return text;
}
