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
    toCampaign:
      "As it is, ends trimmed. Too long, line breaks in a field of one line, control characters: a problem, never cut. URL and email fields take only an address.",
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
      "Words, bold and the like, links, pictures and their alternative text, lists and their numbers, tables, headings, preformatted text, fixed blanks and empty lines are the same. Colours, fonts, alignment, the kind of line break and the addresses of embedded pictures don't count, since Salesforce and its editors rewrite them.",
    build: pairRichText,
  },
  richWithPlain: {
    title: "Rich text and a plain text area",
    directions: both,
    toCampaign:
      "The words without their formatting: a line per paragraph, list items with a dash or their number, a link's address and a picture's alternative text in brackets, preformatted text as it stands.",
    toCirca: "The text as HTML that shows the same.",
    equal:
      "The text is the one that would be written; tabs, the kind of blanks and those at the end of a line don't count.",
    build: pairRichWithPlain,
  },
  plainWithRich: {
    title: "Plain text and a rich text area",
    directions: both,
    toCampaign: "The text as HTML that shows the same; its length as HTML must fit.",
    toCirca:
      "The words without their formatting: a line per paragraph, list items with a dash or their number, a link's address and a picture's alternative text in brackets, preformatted text as it stands.",
    equal:
      "The text is the one that would be written; tabs, the kind of blanks and those at the end of a line don't count.",
    build: pairPlainWithRich,
  },
  number: {
    title: "Number",
    directions: both,
    toCampaign:
      "Rounded half up to the field's decimals. Too many digits before the point, or more than 15 digits in all: a problem. A percentage is the plain number of percent (12.5 is 12.5 %). An amount is carried without its currency: the Campaign's own currency applies, nothing is exchanged.",
    toCirca: "A JSON number, rounded half up to the Campaign field's decimals.",
    equal: "The decimals are the same at the Campaign field's scale, never compared as floats.",
    build: numbers.pairNumbers,
  },
  checkbox: {
    title: "Checkbox",
    directions: both,
    toCampaign: "true or false; blank becomes false, because a Salesforce checkbox is never blank.",
    toCirca: "true or false.",
    equal: "Both are checked, or neither; blank counts as unchecked.",
    build: pairCheckboxes,
  },
  date: {
    title: "Date",
    directions: both,
    toCampaign:
      "The calendar day, unchanged. Where Circa gives a moment, its day in the Event's own time zone. Never shifted through UTC.",
    toCirca: "The calendar day, unchanged.",
    equal: "Both are the same day.",
    build: dates.pairDates,
  },
  dateWithMoment: {
    title: "Date and date/time",
    directions: both,
    toCampaign:
      "The first moment of that day in the Event's own time zone (00:00, or later where the clock jumps over midnight; the earlier one where midnight comes twice).",
    toCirca: "The day on which the moment falls in the Event's own time zone.",
    equal: "Both are the same day there. The Campaign's time of day doesn't count: Circa has none.",
    build: dates.pairDateWithMoment,
  },
  time: {
    title: "Time",
    directions: both,
    toCampaign:
      "The time of day, unchanged. Where Circa gives a moment, its time in the Event's own time zone.",
    toCirca: "HH:mm, with seconds and milliseconds only where there are any.",
    equal: "Both are the same time of day.",
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
