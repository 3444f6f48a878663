/** Values that can't be carried over. */
import type { Entries } from "./entry.ts";

export const valueEntries = {
  WRONG_SHAPE: {
    meaning: "The value does not have its field type's shape.",
    remedy: "Correct the value. If it looks right, the field's type changed: map it again.",
  },
  VALUE_TOO_LONG: {
    meaning: "The text is longer than the Campaign field; it is never cut.",
    remedy: "Shorten it, or have an admin make the field longer.",
  },
  LINE_BREAKS: {
    meaning: "A Campaign field of one line takes no line breaks.",
    remedy: "Remove them, or map to a text area.",
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
    remedy: "Write digits with a decimal point, like 1250.5.",
  },
  NUMBER_TOO_LARGE: {
    meaning: "A number must fit the Campaign field's digits; only decimals are rounded (half up).",
    remedy: "Correct it, or have an admin allow more digits.",
  },
  NUMBER_NOT_EXACT: {
    meaning: "Numbers of more than 15 digits are not carried.",
    remedy: "Keep them in text fields on both sides.",
  },
  INVALID_DATE: {
    meaning: "A date is YYYY-MM-DD, a moment ISO 8601 with its offset.",
    remedy: "Choose the date again, between 1700 and 4000.",
  },
  INVALID_TIME: {
    meaning: "A time is HH:mm, with optional seconds.",
    remedy: "Write a time like 09:30.",
  },
  TIME_ZONE_UNKNOWN: {
    meaning: "A moment needs the Event's time zone, an IANA name.",
    remedy: "Set it in Circa to one like America/New_York.",
  },
  DAY_DOES_NOT_EXIST: {
    meaning: "The Event's time zone skipped this day.",
    remedy: "Correct the date or the time zone.",
  },
  VALUE_NOT_IN_LIST: {
    meaning: "A restricted list takes only its own values.",
    remedy: "Choose one, or have an admin add this one.",
  },
  VALUE_INACTIVE: {
    meaning: "A restricted picklist takes no deactivated value.",
    remedy: "Choose an active one, or have an admin activate this one.",
  },
  LIST_SEPARATOR: {
    meaning: "A value of a list may contain no semicolon.",
    remedy: "Rename the value.",
  },
  TOO_MANY_VALUES: {
    meaning: "A field for one value takes no list.",
    remedy: "Leave one value, or map to a field for several.",
  },
  PERSON_WITHOUT_EMAIL: {
    meaning: "People are matched by e-mail address.",
    remedy: "Give the person one in Circa, or choose another person.",
  },
  USER_NOT_FOUND: {
    meaning: "A person must be exactly one active Salesforce user with the same e-mail.",
    remedy: "Activate that user, correct the address, or choose another person.",
  },
  USER_UNKNOWN: {
    meaning: "The integration must be able to read a Salesforce user's e-mail.",
    remedy: "Choose a user with an e-mail address; queues can't be carried.",
  },
  USER_REFUSED: {
    meaning: "Salesforce does not let the integration look for the user.",
    remedy: "Let the integration user see users, or choose another person.",
  },
  REQUIRED_BLANK: {
    meaning: "A required field is never blanked.",
    remedy: "Fill it in, or set the mapping's blank rule to Keep.",
  },
  ONE_WAY: {
    meaning: "The two types fit in one direction only.",
    remedy: "Turn the mapping round, or map to a fitting type.",
  },
} as const satisfies Entries;

export type ValueProblemCode = keyof typeof valueEntries;
