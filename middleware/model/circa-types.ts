/**
 * Circa's field types: the one table from which the sync's rules, `docs/values.md`, the package's
 * pairs and the words for types are made (`npx tsx scripts/generate-values.ts`).
 */
import type { CampaignKind } from "./campaign-kinds.ts";

interface CircaType {
  /** The type in words, as they stand in a sentence. */
  readonly english: string;
  readonly german: string;
  /** The Campaign types that it fits, by the rule that carries the values (`sync/values/table`). */
  readonly fits: Readonly<Record<string, readonly CampaignKind[]>>;
  /** Why it does not fit a Campaign type that looks as if it should. */
  readonly refused?: Readonly<Partial<Record<CampaignKind, string>>>;
}

const textKinds = ["string", "textarea", "combobox"] as const;
const numberKinds = ["double", "int", "currency", "percent"] as const;

/** What a text of Circa can show of the Campaign. */
const shownInText = {
  textFromNumber: numberKinds,
  textFromDate: ["date"],
  textFromMoment: ["datetime"],
  textFromTime: ["time"],
} as const;

const types = {
  TEXT: {
    english: "text",
    german: "Text",
    fits: {
      text: [...textKinds, "url", "email", "phone"],
      plainWithRich: ["richtext"],
      choice: ["picklist"],
      textWithList: ["multipicklist"],
      ...shownInText,
    },
  },
  LONG_TEXT: {
    english: "long text",
    german: "langer Text",
    fits: { text: textKinds, plainWithRich: ["richtext"], ...shownInText },
  },
  RICH_TEXT: {
    english: "rich text",
    german: "formatierter Text",
    fits: { richWithPlain: ["textarea"], richText: ["richtext"] },
    refused: { string: "rich text has several lines" },
  },
  URL: { english: "URL", german: "URL", fits: { text: [...textKinds, "url"] } },
  EMAIL: {
    english: "e-mail",
    german: "E-Mail",
    fits: { text: [...textKinds, "email"], emailWithUser: ["user"] },
  },
  PHONE: { english: "phone", german: "Telefon", fits: { text: [...textKinds, "phone"] } },
  NUMBER: {
    english: "number",
    german: "Zahl",
    fits: { number: numberKinds, numberAsText: textKinds },
  },
  CURRENCY: {
    english: "currency",
    german: "Währung",
    fits: { number: ["currency", "double", "int"], numberAsText: textKinds },
    refused: { percent: "an amount is no percentage" },
  },
  PERCENT: {
    english: "percent",
    german: "Prozent",
    fits: { number: ["percent", "double", "int"], numberAsText: textKinds },
    refused: { currency: "a percentage is no amount" },
  },
  CHECKBOX: {
    english: "checkbox",
    german: "Kontrollkästchen",
    fits: { checkbox: ["boolean"] },
    refused: {
      string: "yes and no have no one spelling",
      picklist: "yes and no have no one spelling",
    },
  },
  DATE: {
    english: "date",
    german: "Datum",
    fits: { date: ["date"], dateWithMoment: ["datetime"], dateAsText: textKinds },
    refused: { time: "a date has no time of day" },
  },
  TIME: {
    english: "time",
    german: "Uhrzeit",
    fits: { time: ["time"], timeAsText: textKinds },
    refused: { date: "a time of day has no date", datetime: "a time of day has no date" },
  },
  SELECT: {
    english: "select",
    german: "Auswahl",
    fits: { choice: ["picklist"], choiceWithList: ["multipicklist"], choiceWithText: textKinds },
  },
  MULTISELECT: {
    english: "multi-select",
    german: "Mehrfachauswahl",
    fits: { list: ["multipicklist"], listWithChoice: ["picklist"], listWithText: textKinds },
  },
  PERSON: {
    english: "person",
    german: "Person",
    fits: { person: ["user"], personWithEmail: ["email"], personAsText: textKinds },
    refused: { picklist: "a picklist can't list people" },
  },
  TEAM: {
    english: "team",
    german: "Team",
    fits: { teamAsText: textKinds, teamAsChoice: ["picklist"] },
  },
  /** Any that the API names and this version does not know. */
  UNKNOWN: { english: "unknown type", german: "unbekannter Typ", fits: {} },
} as const satisfies Readonly<Record<string, CircaType>>;

export type CircaFieldType = keyof typeof types;
/** The rules that the table names. */
export type RuleName = {
  [Type in CircaFieldType]: keyof (typeof types)[Type]["fits"];
}[CircaFieldType];

export const circaTypes: Readonly<Record<CircaFieldType, CircaType>> = types;
export const circaFieldTypes = Object.keys(types) as readonly CircaFieldType[];
