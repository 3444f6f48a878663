/** What the value table's pairs do: each rule once, in words and in code. */
import type { Direction } from "../../../model/fields.ts";
import { pairCheckboxes } from "../checkbox.ts";
import type { Conversion } from "../conversion.ts";
import * as dates from "../dates.ts";
import * as numbers from "../numbers.ts";
import { pairPlainWithRich, pairRichText, pairRichWithPlain } from "../html/rich-text.ts";
import type { Pair } from "../sides.ts";
import { pairText } from "../text.ts";
import * as times from "../times.ts";

export interface Rule {
  readonly title: string;
  /** The directions that work. */
  readonly directions: readonly Direction[];
  /** What is written to the Campaign, in words, as are the next two; none in the other direction. */
  readonly toCampaign?: string;
  readonly toCirca?: string;
  /** When both sides are in sync; none: when the value is there that would be written. */
  readonly equal?: string;
  /** Why the other direction is refused. */
  readonly oneWay?: string;
  build(pair: Pair): Conversion;
}

export const both = ["to_salesforce", "from_salesforce"] as const;
export const onlyTo = ["to_salesforce"] as const;
const onlyFrom = ["from_salesforce"] as const;

const stricterType = "free text is not read as a value of a stricter type";
const withoutFormatting = "Its plain words";
export const exactText = "Ends trimmed, line breaks unified";

export const showsInText = (title: string, how: string, build: Rule["build"]): Rule => ({
  title,
  directions: onlyTo,
  toCampaign: how,
  oneWay: stricterType,
  build,
});
const showsInCirca = (title: string, how: string, build: Rule["build"]): Rule => ({
  title,
  directions: onlyFrom,
  oneWay: stricterType,
  toCirca: how,
  build,
});

export const plainRules = {
  text: {
    title: "Text",
    directions: both,
    toCampaign: "Ends trimmed, never cut; in URL and email fields an address",
    toCirca: "Ends trimmed; in URL and e-mail fields an address",
    equal: exactText,
    build: pairText,
  },
  richText: {
    title: "Rich text",
    directions: both,
    toCampaign: "The HTML; its length, markup included, must fit",
    toCirca: "The HTML",
    equal:
      "Shows the same, but for what Salesforce rewrites: colours, fonts, alignment, kinds of line break, addresses of embedded pictures",
    build: pairRichText,
  },
  richWithPlain: {
    title: "Rich text and a plain text area",
    directions: both,
    toCampaign: withoutFormatting,
    toCirca: "HTML that shows the text",
    equal: "Whatever the tabs and blanks",
    build: pairRichWithPlain,
  },
  plainWithRich: {
    title: "Plain text and a rich text area",
    directions: both,
    toCampaign: "HTML that shows the text; its length must fit",
    toCirca: withoutFormatting,
    equal: "Whatever the tabs and blanks",
    build: pairPlainWithRich,
  },
  number: {
    title: "Number",
    directions: both,
    toCampaign:
      "Rounded half up to the field's decimals, at most 15 digits; no currency is exchanged",
    toCirca: "Rounded alike",
    equal: "At the Campaign field's decimals",
    build: numbers.pairNumbers,
  },
  checkbox: {
    title: "Checkbox",
    directions: both,
    toCampaign: "Ticked or not; blank: not",
    toCirca: "Ticked or not",
    build: pairCheckboxes,
  },
  date: {
    title: "Date",
    directions: both,
    toCampaign: "The day",
    toCirca: "The day",
    build: dates.pairDates,
  },
  dateWithMoment: {
    title: "Date and date/time",
    directions: both,
    toCampaign: "The first moment of the day",
    toCirca: "The day of the moment",
    equal: "The same day, whatever the time",
    build: dates.pairDateWithMoment,
  },
  time: {
    title: "Time",
    directions: both,
    toCampaign: "The time of day",
    toCirca: "HH:mm, with seconds if any",
    build: times.pairTimes,
  },
  numberAsText: showsInText("Number in a text", "Plain digits", numbers.showNumberAsText),
  dateAsText: showsInText("Date in a text", "YYYY-MM-DD", dates.showDateAsText),
  timeAsText: showsInText("Time in a text", "HH:mm", times.showTimeAsText),
  textFromNumber: showsInCirca("Text from a number", "Plain digits", numbers.showTextFromNumber),
  textFromDate: showsInCirca("Text from a date", "YYYY-MM-DD", dates.showTextFromDate),
  textFromMoment: showsInCirca(
    "Text from a date/time",
    "YYYY-MM-DD HH:mm",
    dates.showTextFromMoment,
  ),
  textFromTime: showsInCirca("Text from a time", "HH:mm", times.showTextFromTime),
} as const satisfies Record<string, Rule>;
