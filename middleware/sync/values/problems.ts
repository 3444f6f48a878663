/** Every reason why a value can't be carried over, each in words for the person who repairs it. */
import type { ValueProblemCode } from "../../model/problems/value-entries.ts";
import type { Converted, ValueProblem } from "./conversion.ts";
import { showValue } from "./show-value.ts";

/** Where a value was read and where it should go, e.g. `Circa's "Budget"`. */
export interface Route {
  readonly from: string;
  readonly to: string;
}

type Failed = Extract<Converted, { ok: false }>;
type Words<Detail> = (trip: Route, shown: string, detail: Detail) => string;

interface ProblemKind<Detail> {
  readonly code: ValueProblemCode;
  /** Builds the problem; `value` is shown shortened to 80 characters. */
  fail(trip: Route, value: unknown, detail: Detail): Failed;
}

function kind<Detail = undefined>(
  code: ValueProblemCode,
  message: Words<Detail>,
  hint: Words<Detail>,
): ProblemKind<Detail> {
  return {
    code,
    fail: (trip, value, detail) => {
      const shown = showValue(value);
      const problem: ValueProblem = {
        code,
        message: message(trip, shown, detail),
        hint: hint(trip, shown, detail),
      };
      return { ok: false, problem };
    },
  };
}

interface TooLong {
  /** Characters as Salesforce counts them. */
  readonly length: number;
  readonly limit: number;
}

const correct = (trip: Route): string => `Correct the value of ${trip.from}`;

export const problems = {
  WRONG_SHAPE: kind<{ expected: string }>(
    "WRONG_SHAPE",
    (trip, shown, { expected }) =>
      `${trip.from} holds ${shown}; for ${trip.to} it must be ${expected}.`,
    (trip) => `${correct(trip)}; when it looks right there, map the field again, its type changed.`,
  ),
  VALUE_TOO_LONG: kind<TooLong>(
    "VALUE_TOO_LONG",
    (trip, shown, { length, limit }) =>
      `${trip.from} has ${length} characters (${shown}), ${trip.to} takes at most ${limit}.`,
    (trip, _shown, { length, limit }) =>
      `Shorten it by ${length - limit} characters, or have an admin make ${trip.to} longer.`,
  ),
  LINE_BREAKS: kind(
    "LINE_BREAKS",
    (trip, shown) =>
      `${trip.from} has several lines (${shown}), ${trip.to} holds a single line of text.`,
    (trip) =>
      `Remove the line breaks from ${trip.from}, or map it to a text area of the Campaign instead.`,
  ),
  INVALID_CHARACTERS: kind(
    "INVALID_CHARACTERS",
    (trip, shown) =>
      `${trip.from} (${shown}) contains an invisible control character or a broken emoji, which ${trip.to} can't store.`,
    (trip) => `Type the text of ${trip.from} again, or paste it as plain text.`,
  ),
  INVALID_EMAIL: kind(
    "INVALID_EMAIL",
    (trip, shown) =>
      `${trip.from} holds ${shown}, which is no e-mail address; ${trip.to} needs one.`,
    (trip) => `Write one address like name@example.com into ${trip.from}.`,
  ),
  INVALID_URL: kind(
    "INVALID_URL",
    (trip, shown) => `${trip.from} holds ${shown}, which is no web address; ${trip.to} needs one.`,
    (trip) => `Write one address like https://example.com/page into ${trip.from}.`,
  ),
  NOT_A_NUMBER: kind(
    "NOT_A_NUMBER",
    (trip, shown) =>
      `${trip.from} holds ${shown}, which is no number; ${trip.to} takes only numbers.`,
    (trip) => `Write plain digits with a decimal point, like 1250.5, into ${trip.from}.`,
  ),
  NUMBER_TOO_LARGE: kind<{ limit: string }>(
    "NUMBER_TOO_LARGE",
    (trip, shown, { limit }) => `${trip.from} is ${shown}; ${trip.to} takes ${limit}.`,
    (trip) => `${correct(trip)}, or have an admin allow more digits in ${trip.to}.`,
  ),
  NUMBER_NOT_EXACT: kind<{ digits: number }>(
    "NUMBER_NOT_EXACT",
    (trip, shown, { digits }) =>
      `${trip.from} is ${shown}, a number of ${digits} digits; ${trip.to} would get it changed, because more than 15 digits don't travel exactly.`,
    (trip) => `${correct(trip)}, or keep such long numbers in text fields on both sides.`,
  ),
  INVALID_DATE: kind(
    "INVALID_DATE",
    (trip, shown) => `${trip.from} holds ${shown}, which is no date that ${trip.to} can take.`,
    (trip) => `Choose the date of ${trip.from} again, between the years 1700 and 4000.`,
  ),
  INVALID_TIME: kind(
    "INVALID_TIME",
    (trip, shown) =>
      `${trip.from} holds ${shown}, which is no time of day that ${trip.to} can take.`,
    (trip) => `Write a time like 09:30 into ${trip.from}.`,
  ),
  TIME_ZONE_UNKNOWN: kind<{ timeZone: string }>(
    "TIME_ZONE_UNKNOWN",
    (trip, shown, { timeZone }) =>
      `${trip.from} is ${shown}; its day for ${trip.to} depends on the Event's time zone, and ${showValue(timeZone)} is none.`,
    () => `Set the Event's time zone in Circa to one like America/New_York.`,
  ),
  DAY_DOES_NOT_EXIST: kind<{ timeZone: string }>(
    "DAY_DOES_NOT_EXIST",
    (trip, shown, { timeZone }) =>
      `${trip.from} is ${shown}, a day that ${timeZone} skipped, so ${trip.to} has no such moment.`,
    (trip) => `Correct the date of ${trip.from} or the Event's time zone.`,
  ),
  VALUE_NOT_IN_LIST: kind<{ list: string }>(
    "VALUE_NOT_IN_LIST",
    (trip, shown) => `${trip.from} holds ${shown}, which is not a value of ${trip.to}.`,
    (trip, _shown, { list }) =>
      `Choose one of ${list} in ${trip.from}, or have an admin add the value to ${trip.to}.`,
  ),
  VALUE_INACTIVE: kind<{ list: string }>(
    "VALUE_INACTIVE",
    (trip, shown) => `${trip.from} holds ${shown}, a value that is switched off in ${trip.to}.`,
    (trip, _shown, { list }) =>
      `Choose one of ${list} in ${trip.from}, or have an admin activate the value in ${trip.to}.`,
  ),
  LIST_SEPARATOR: kind(
    "LIST_SEPARATOR",
    (trip, shown) =>
      `${trip.from} has the value ${shown} with a semicolon, which ${trip.to} would take for two.`,
    (trip) => `Rename the value in ${trip.from} so that it has no semicolon.`,
  ),
  TOO_MANY_VALUES: kind<{ count: number }>(
    "TOO_MANY_VALUES",
    (trip, shown, { count }) =>
      `${trip.from} holds ${count} values (${shown}), ${trip.to} takes one.`,
    (trip) => `Leave one value in ${trip.from}, or map it to a field for several values.`,
  ),
  PERSON_WITHOUT_EMAIL: kind(
    "PERSON_WITHOUT_EMAIL",
    (trip, shown) => `${trip.from} is ${shown}, a person without an e-mail address for ${trip.to}.`,
    () => `Give that person an e-mail address in Circa, or choose another person.`,
  ),
  USER_NOT_FOUND: kind(
    "USER_NOT_FOUND",
    (trip, shown) =>
      `${trip.from} is ${shown}, and not exactly one active Salesforce user has that e-mail, so ${trip.to} can't be set.`,
    (trip) =>
      `Activate that user in Salesforce (or correct the e-mail address), or choose another person in ${trip.from}.`,
  ),
  USER_UNKNOWN: kind(
    "USER_UNKNOWN",
    (trip, shown) =>
      `${trip.from} is the user ${shown}, whose e-mail address can't be read for ${trip.to}.`,
    (trip) => `Choose a user with an e-mail address in ${trip.from}; queues can't be carried.`,
  ),
  USER_REFUSED: kind<{ reason: string }>(
    "USER_REFUSED",
    (trip, shown, { reason }) =>
      `${trip.from} is ${shown}; for ${trip.to} Salesforce was asked for that user and refused: ${reason}.`,
    () => `Let the integration user see users in Salesforce, or choose another person.`,
  ),
  REQUIRED_BLANK: kind(
    "REQUIRED_BLANK",
    (trip) => `${trip.from} is blank, but ${trip.to} must have a value.`,
    (trip) => `Fill in ${trip.from}, or set the mapping's blank rule to Keep.`,
  ),
  ONE_WAY: kind(
    "ONE_WAY",
    (trip, shown) =>
      `${trip.from} (${shown}) can't be sent to ${trip.to}: this pair works the other way only.`,
    () => `Turn the mapping's direction round, or map to a field of a fitting type.`,
  ),
} as const satisfies Readonly<Record<ValueProblemCode, { readonly code: ValueProblemCode }>>;
