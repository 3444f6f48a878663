/** Values that can't be carried over. */
import type { Entries } from "./entry.ts";

export const valueEntries = {
  WRONG_SHAPE: {
    meaning: "A value must have the shape that its field's type promises.",
    remedy: "Correct the value. When it looks right, its field's type changed: map it again.",
  },
  VALUE_TOO_LONG: {
    meaning: "Text that is longer than the Campaign field is never cut, so it is not written.",
    remedy: "Shorten the text, or have an admin make the Campaign field longer.",
  },
  LINE_BREAKS: {
    meaning: "A Campaign field of one line takes no line breaks.",
    remedy: "Remove the line breaks, or map the field to a text area.",
  },
  INVALID_CHARACTERS: {
    meaning: "Control characters and broken emoji can't be stored.",
    remedy: "Type the text again, or paste it as plain text.",
  },
  INVALID_EMAIL: {
    meaning: "An e-mail field takes one e-mail address.",
    remedy: "Write one address like name@example.com.",
  },
  INVALID_URL: {
    meaning: "A URL field takes one web address without blanks, and no script.",
    remedy: "Write one address like https://example.com/page.",
  },
  NOT_A_NUMBER: {
    meaning: "A number has no currency sign and no thousands separators.",
    remedy: "Write plain digits with a decimal point, like 1250.5.",
  },
  NUMBER_TOO_LARGE: {
    meaning: "A number must fit the Campaign field's digits; only decimals are rounded (half up).",
    remedy: "Correct the number, or have an admin allow more digits.",
  },
  NUMBER_NOT_EXACT: {
    meaning: "Numbers of more than 15 digits are not carried.",
    remedy: "Keep such long numbers in text fields on both sides.",
  },
  INVALID_DATE: {
    meaning: "A date is YYYY-MM-DD and in the calendar; a moment is ISO 8601 with its offset.",
    remedy: "Choose the date again, between the years 1700 and 4000.",
  },
  INVALID_TIME: {
    meaning: "A time is HH:mm, with seconds where needed.",
    remedy: "Write a time like 09:30.",
  },
  TIME_ZONE_UNKNOWN: {
    meaning: "A moment is read in the Event's own time zone, which must be an IANA name.",
    remedy: "Set the Event's time zone in Circa to one like America/New_York.",
  },
  DAY_DOES_NOT_EXIST: {
    meaning: "A day that the Event's time zone skipped has no first moment.",
    remedy: "Correct the date or the Event's time zone.",
  },
  VALUE_NOT_IN_LIST: {
    meaning: "A restricted list takes only its own values.",
    remedy: "Choose a value of the list, or have an admin add the value to it.",
  },
  VALUE_INACTIVE: {
    meaning: "A restricted picklist takes no value that was switched off.",
    remedy: "Choose an active value, or have an admin activate this one.",
  },
  LIST_SEPARATOR: {
    meaning: "A value of a list may contain no semicolon.",
    remedy: "Rename the value so that it has no semicolon.",
  },
  TOO_MANY_VALUES: {
    meaning: "A field for one value takes no list of several.",
    remedy: "Leave one value, or map to a field for several.",
  },
  PERSON_WITHOUT_EMAIL: {
    meaning: "People are matched by their e-mail address.",
    remedy: "Give that person an e-mail address in Circa, or choose somebody else.",
  },
  USER_NOT_FOUND: {
    meaning: "A person must be exactly one active Salesforce user with the same e-mail.",
    remedy: "Activate that user in Salesforce, correct the address, or choose somebody else.",
  },
  USER_UNKNOWN: {
    meaning: "A Salesforce user is carried by e-mail, which the integration must be able to read.",
    remedy: "Choose a user with an e-mail address; queues can't be carried.",
  },
  USER_REFUSED: {
    meaning: "Salesforce must let the integration look for the user.",
    remedy: "Let the integration user see users in Salesforce, or choose somebody else.",
  },
  REQUIRED_BLANK: {
    meaning: "A required field is never blanked.",
    remedy: "Fill in the field, or set the mapping's blank rule to Keep.",
  },
  ONE_WAY: {
    meaning: "Some pairs work in one direction only.",
    remedy: "Turn the mapping's direction round, or map to a field of a fitting type.",
  },
} as const satisfies Entries;

export type ValueProblemCode = keyof typeof valueEntries;
