/** Several values chosen from a list: a set, whose order says nothing. */
import type { Conversion, Converted } from "../conversion.ts";
import { campaignChoice, checkOption, circaChoice, wordsOf } from "./choices.ts";
import { fail, type Route } from "../problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "../sides.ts";
import { campaignText, checkStorable, circaText, normaliseText, readText } from "../text.ts";
import type { PicklistVocabulary } from "./picklist-vocabulary.ts";

type Values = readonly string[];

/** Cuts `a; b` into its values; blank ones are none, and no value counts twice. */
function splitValues(text: string, resolve: (word: string) => string): Values {
  return unique(text.split(";").map(normaliseText).filter(Boolean).map(resolve));
}

const unique = (values: Values): Values => [...new Set(values)];
const orBlank = (values: Values): Values | null => (values.length === 0 ? null : values);
const itself = (word: string): string => word;

function readArray(
  raw: unknown,
  trip: Route,
  resolve: (word: string) => string,
): Converted<Values | null> {
  if (raw == null) return ok(null);
  if (!Array.isArray(raw) || !raw.every((item) => item === null || typeof item === "string")) {
    return fail("WRONG_SHAPE", trip, raw, { expected: { phrase: "texts" } });
  }
  const words = raw.map((item: string | null) => normaliseText(item ?? "")).filter(Boolean);
  return ok(orBlank(unique(words.map(resolve))));
}

/** Writes every value, or gives the first one's problem. */
function writeEach(values: Values, write: (value: string) => Converted): Converted<Values> {
  const written: string[] = [];
  for (const value of values) {
    const result = write(value);
    if (!result.ok) return result;
    written.push(result.value as string);
  }
  return ok(written);
}

/** Joins values that the other side will cut at semicolons again. */
function joinValues(values: Values, separator: string, trip: Route): Converted<string> {
  const split = values.find((value) => value.includes(";"));
  return split === undefined ? ok(values.join(separator)) : fail("LIST_SEPARATOR", trip, split);
}

/** A side for one value, used as a list of one. */
const single = (side: Side<string>, { writing }: End): Side<Values> => ({
  read: (raw, context) => {
    const found = side.read(raw, context);
    return found.ok ? ok(found.value === null ? null : [found.value]) : found;
  },
  write: (values, context) => {
    const [first = "", second] = values;
    return second === undefined
      ? (side.write?.(first, context) ?? ok(first))
      : fail("TOO_MANY_VALUES", writing, values, { count: values.length });
  },
});

const circaArray = ({ reading }: End, words: PicklistVocabulary): Side<Values> => ({
  read: (raw) => readArray(raw, reading, words.resolve),
  write: (values) => ok(values.map(words.inCirca)),
});

const campaignMulti = (
  { reading, writing }: End,
  pair: Pair,
  words: PicklistVocabulary,
): Side<Values> => ({
  read: (raw) => {
    const text = readText(raw, reading);
    if (!text.ok || text.value === null) return text as Converted<null>;
    return ok(orBlank(splitValues(text.value, words.resolve)));
  },
  write: (values) => {
    const checked = writeEach(values, (value) => words.check(value, writing));
    if (!checked.ok) return checked;
    // Salesforce gives the values in the list's own order, so they are written in it.
    const ordered = values.toSorted((a, b) => words.position(a) - words.position(b));
    const joined = joinValues(ordered, ";", writing);
    return joined.ok ? checkStorable(joined.value, pair.campaign, writing) : joined;
  },
});

function sameSet(a: Values, b: Values): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

/** Decides a list whose values stand in the Campaign's order already, without parsing. */
function quickList(circa: unknown, campaign: unknown): boolean | undefined {
  if (campaign == null) {
    return circa == null || (Array.isArray(circa) && circa.length === 0) ? true : undefined;
  }
  if (!Array.isArray(circa) || typeof campaign !== "string") return undefined;
  let at = 0;
  for (const value of circa as unknown[]) {
    if (typeof value !== "string" || value === "" || value.includes(";")) return undefined;
    if (!campaign.startsWith(value, at)) return undefined;
    at += value.length + 1;
    if (at <= campaign.length && campaign[at - 1] !== ";") return undefined;
  }
  return at === campaign.length + 1 ? true : undefined;
}

/** A multi-select in Circa, a multi-select picklist on the Campaign. */
export function pairLists(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const words = wordsOf(pair);
  return join(pair, {
    circa: circaArray(ends.circa, words),
    campaign: campaignMulti(ends.campaign, pair, words),
    same: sameSet,
    quick: quickList,
  });
}

/** A select in Circa, a multi-select picklist on the Campaign. */
export function pairChoiceWithList(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const words = wordsOf(pair);
  return join(pair, {
    circa: single(circaChoice(ends.circa, pair.circa, words), ends.circa),
    campaign: campaignMulti(ends.campaign, pair, words),
    same: sameSet,
  });
}

/** A multi-select in Circa, a picklist for one value on the Campaign. */
export function pairListWithChoice(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const words = wordsOf(pair);
  return join(pair, {
    circa: circaArray(ends.circa, words),
    campaign: single(campaignChoice(ends.campaign, words), ends.campaign),
    same: sameSet,
  });
}

const listText = (
  side: Side<string>,
  writing: Route,
  words?: PicklistVocabulary,
): Side<Values> => ({
  read: (raw, context) => {
    const text = side.read(raw, context);
    if (!text.ok || text.value === null) return text as Converted<null>;
    return ok(orBlank(splitValues(text.value, words?.resolve ?? itself)));
  },
  write: (values, context) => {
    const joined = joinValues(values.map(words?.inCirca ?? itself), "; ", writing);
    return joined.ok ? (side.write?.(joined.value, context) ?? joined) : joined;
  },
});

/** A text in Circa that lists values with semicolons, a multi-select picklist on the Campaign. */
export function pairTextWithList(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const words = wordsOf(pair);
  return join(pair, {
    circa: listText(circaText(ends.circa, pair.circa.type), ends.circa.writing, words),
    campaign: campaignMulti(ends.campaign, pair, words),
    same: sameSet,
  });
}

/** A multi-select in Circa, text on the Campaign that lists the values with semicolons. */
export function pairListWithText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const option = checkOption(pair.circa, ends.circa);
  return join(pair, {
    circa: {
      read: (raw) => readArray(raw, ends.circa.reading, itself),
      write: (values, context) => writeEach(values, (value) => option(value, context)),
    },
    campaign: listText(campaignText(ends.campaign, pair.campaign), ends.campaign.writing),
    same: sameSet,
  });
}
