/** Values that can't be carried over: what to do. What each means is its rule in `../values/problems.ts`. */
export const valueTodos = {
  WRONG_SHAPE: "Correct the value. When it looks right, its field's type changed: map it again.",
  VALUE_TOO_LONG: "Shorten the text, or have an admin make the Campaign field longer.",
  LINE_BREAKS: "Remove the line breaks, or map the field to a text area.",
  INVALID_CHARACTERS: "Type the text again, or paste it as plain text.",
  INVALID_EMAIL: "Write one address like name@example.com.",
  INVALID_URL: "Write one address like https://example.com/page.",
  NOT_A_NUMBER: "Write plain digits with a decimal point, like 1250.5.",
  NUMBER_TOO_LARGE: "Correct the number, or have an admin allow more digits.",
  NUMBER_NOT_EXACT: "Keep such long numbers in text fields on both sides.",
  INVALID_DATE: "Choose the date again, between the years 1700 and 4000.",
  INVALID_TIME: "Write a time like 09:30.",
  TIME_ZONE_UNKNOWN: "Set the Event's time zone in Circa to one like America/New_York.",
  DAY_DOES_NOT_EXIST: "Correct the date or the Event's time zone.",
  VALUE_NOT_IN_LIST: "Choose a value of the list, or have an admin add the value to it.",
  VALUE_INACTIVE: "Choose an active value, or have an admin activate this one.",
  LIST_SEPARATOR: "Rename the value so that it has no semicolon.",
  TOO_MANY_VALUES: "Leave one value, or map to a field for several.",
  PERSON_WITHOUT_EMAIL: "Give that person an e-mail address in Circa, or choose somebody else.",
  USER_NOT_FOUND: "Activate that user in Salesforce, correct the address, or choose somebody else.",
  USER_UNKNOWN: "Choose a user with an e-mail address; queues can't be carried.",
  USER_REFUSED: "Let the integration user see users in Salesforce, or choose somebody else.",
  REQUIRED_BLANK: "Fill in the field, or set the mapping's blank rule to Keep.",
  ONE_WAY: "Turn the mapping's direction round, or map to a field of a fitting type.",
} as const;

export type ValueProblemCode = keyof typeof valueTodos;
