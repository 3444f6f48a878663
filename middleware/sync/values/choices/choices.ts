/** One value chosen from a list. */
import type { CampaignField, CircaField } from "../../../model/fields.ts";
import type { Conversion } from "../conversion.ts";
import { teamName } from "../people.ts";
import { fail } from "../problems.ts";
import { showList } from "../show-value.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "../sides.ts";
import { campaignText, circaText, normaliseText, quickText, readText } from "../text.ts";
import { makePicklistVocabulary, type PicklistVocabulary } from "./picklist-vocabulary.ts";

/** The stored value that the text of `side` means. */
export const resolved = (side: Side<string>, words: PicklistVocabulary): Side<string> => ({
  read: (raw, context) => {
    const text = side.read(raw, context);
    return text.ok && text.value !== null ? ok(words.resolve(text.value)) : text;
  },
});

export const circaChoice = (
  end: End,
  circa: CircaField,
  words: PicklistVocabulary,
): Side<string> => {
  const text = circaText(end, circa.type);
  return {
    ...resolved(text, words),
    write: (value, context) => text.write?.(words.inCirca(value), context) ?? ok(value),
  };
};

export const campaignChoice = (
  { reading, writing }: End,
  words: PicklistVocabulary,
): Side<string> => ({
  ...resolved({ read: (raw) => readText(raw, reading) }, words),
  write: (value) => words.check(value, writing),
});

export function wordsOf({ circa, campaign, removed = [] }: Pair): PicklistVocabulary {
  return makePicklistVocabulary(campaign, {
    options: circa.options,
    removed,
    prefer: circa.type === "TEXT" ? "label" : "value",
  });
}

const sameValue = (a: string, b: string): boolean => a === b;

function quickChoice(words: PicklistVocabulary): (a: unknown, b: unknown) => boolean | undefined {
  return (a, b) => {
    if (typeof a !== "string" || typeof b !== "string") return undefined;
    const left = words.exact(a);
    const right = words.exact(b);
    return left === undefined || right === undefined ? undefined : left === right;
  };
}

/** A select or a text in Circa, a picklist on the Campaign. */
export function pairChoices(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const words = wordsOf(pair);
  return join(pair, {
    circa: circaChoice(ends.circa, pair.circa, words),
    campaign: campaignChoice(ends.campaign, words),
    same: sameValue,
    quick: quickChoice(words),
  });
}

/** Circa's team as a value of a picklist. */
export function showTeamAsChoice(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const words = wordsOf(pair);
  return join(pair, {
    circa: resolved(teamName(ends.circa), words),
    campaign: campaignChoice(ends.campaign, words),
    same: sameValue,
  });
}

/** Circa's own option list takes only its options; an empty list is not known, so takes all. */
export function checkOption(circa: CircaField, { writing }: End): Side<string>["write"] & {} {
  const options = new Set(circa.options.map(normaliseText));
  const list = showList(circa.options);
  return (value) =>
    options.size === 0 || options.has(value)
      ? ok(value)
      : fail("VALUE_NOT_IN_LIST", writing, value, { list });
}

/** A select in Circa, text on the Campaign: the option as it is written in Circa. */
export function pairChoiceWithText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const campaign: CampaignField = pair.campaign;
  return join(pair, {
    circa: {
      ...circaText(ends.circa, pair.circa.type),
      write: checkOption(pair.circa, ends.circa),
    },
    campaign: campaignText(ends.campaign, campaign),
    same: sameValue,
    quick: quickText,
  });
}
