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
  readonly toCampaign: string;
  readonly toCirca: string;
  readonly equal: string;
  /** Why the other direction is refused. */
  readonly oneWay?: string;
  build(pair: Pair): Conversion;
}

export const both = ["to_salesforce", "from_salesforce"] as const;
export const onlyTo = ["to_salesforce"] as const;
const onlyFrom = ["from_salesforce"] as const;

const stricterType = "free text is not read as a value of a stricter type";
const withoutFormatting =
  "The words without formatting: a line per paragraph, list items with a dash or number, addresses and alternative texts in brackets.";
export const exactText = "The texts are the same, ends trimmed and line breaks unified.";

export const showsInText = (title: string, how: string, build: Rule["build"]): Rule => ({
  title,
  directions: onlyTo,
  toCampaign: how,
  toCirca: `Refused: ${stricterType}.`,
  oneWay: stricterType,
  equal: "The Campaign's text is the one that would be written.",
  build,
});
const showsInCirca = (title: string, how: string, build: Rule["build"]): Rule => ({
  title,
  directions: onlyFrom,
  toCampaign: `Refused: ${stricterType}.`,
  oneWay: stricterType,
  toCirca: how,
  equal: "Circa's text is the one that would be written.",
  build,
});

export const plainRules = {
  text: {
    title: "Text",
    directions: both,
    toCampaign: "As it is, ends trimmed; never cut. URL and email fields take only an address.",
    toCirca: "As it is, ends trimmed. Circa's URL and e-mail fields take only an address.",
    equal: `${exactText} E-mail addresses in any case, since Salesforce lower-cases them.`,
    build: pairText,
  },
  richText: {
    title: "Rich text",
    directions: both,
    toCampaign: "The HTML as it is; its whole length, markup included, must fit.",
    toCirca: "The HTML as it is.",
    equal:
      "What it shows is the same. Colours, fonts, alignment, the kind of line break and the addresses of embedded pictures don't count, since Salesforce rewrites them.",
    build: pairRichText,
  },
  richWithPlain: {
    title: "Rich text and a plain text area",
    directions: both,
    toCampaign: withoutFormatting,
    toCirca: "The text as HTML that shows the same.",
    equal: "The text is the one that would be written, whatever its tabs and blanks.",
    build: pairRichWithPlain,
  },
  plainWithRich: {
    title: "Plain text and a rich text area",
    directions: both,
    toCampaign: "The text as HTML that shows the same; its length as HTML must fit.",
    toCirca: withoutFormatting,
    equal: "The text is the one that would be written, whatever its tabs and blanks.",
    build: pairPlainWithRich,
  },
  number: {
    title: "Number",
    directions: both,
    toCampaign:
      "Rounded half up to the field's decimals, at most 15 digits. An amount is carried without its currency: the Campaign's applies, nothing is exchanged.",
    toCirca: "Rounded half up to the Campaign field's decimals.",
    equal: "The same at the Campaign field's decimals.",
    build: numbers.pairNumbers,
  },
  checkbox: {
    title: "Checkbox",
    directions: both,
    toCampaign: "true or false; blank becomes false.",
    toCirca: "true or false.",
    equal: "Both are checked, or neither.",
    build: pairCheckboxes,
  },
  date: {
    title: "Date",
    directions: both,
    toCampaign: "The calendar day; of a moment, its day in the Event's own time zone.",
    toCirca: "The calendar day.",
    equal: "The same day.",
    build: dates.pairDates,
  },
  dateWithMoment: {
    title: "Date and date/time",
    directions: both,
    toCampaign: "The first moment of that day in the Event's own time zone.",
    toCirca: "The day on which the moment falls in the Event's own time zone.",
    equal: "The same day there, whatever the Campaign's time of day.",
    build: dates.pairDateWithMoment,
  },
  time: {
    title: "Time",
    directions: both,
    toCampaign: "The time of day; of a moment, its time in the Event's own time zone.",
    toCirca: "HH:mm, with seconds where there are any.",
    equal: "The same time of day.",
    build: times.pairTimes,
  },
  numberAsText: showsInText("Number in a text", "Plain digits.", numbers.showNumberAsText),
  dateAsText: showsInText("Date in a text", "YYYY-MM-DD.", dates.showDateAsText),
  timeAsText: showsInText("Time in a text", "HH:mm.", times.showTimeAsText),
  textFromNumber: showsInCirca("Text from a number", "Plain digits.", numbers.showTextFromNumber),
  textFromDate: showsInCirca("Text from a date", "YYYY-MM-DD.", dates.showTextFromDate),
  textFromMoment: showsInCirca(
    "Text from a date/time",
    "YYYY-MM-DD HH:mm by the clock of the Event's own time zone.",
    dates.showTextFromMoment,
  ),
  textFromTime: showsInCirca("Text from a time", "HH:mm.", times.showTextFromTime),
} as const satisfies Record<string, Rule>;
