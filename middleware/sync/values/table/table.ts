/**
 * The value table: which Circa type fits which Campaign type, and by which rule. Whatever is not
 * here is refused. `docs/values.md` is generated from it (scripts/docs-values.ts).
 */
import type { CircaFieldType } from "../../../model/fields.ts";
import type { CampaignKind } from "./campaign-kinds.ts";
import { choiceRules } from "./rules-of-choice.ts";
import { plainRules, type Rule } from "./rules.ts";

type Row = Readonly<Partial<Record<CampaignKind, Rule>>>;

const each = (kinds: readonly CampaignKind[], rule: Rule): Row =>
  Object.fromEntries(kinds.map((kind) => [kind, rule]));

const textKinds = ["string", "textarea", "combobox"] as const;
const numberKinds = ["double", "int", "currency", "percent"] as const;
const { text, number } = plainRules;

/** What Circa's text can show of the Campaign. */
const shownInText: Row = {
  ...each(numberKinds, plainRules.textFromNumber),
  date: plainRules.textFromDate,
  datetime: plainRules.textFromMoment,
  time: plainRules.textFromTime,
};

export const valueTable: Readonly<Record<CircaFieldType, Row>> = {
  TEXT: {
    ...each([...textKinds, "url", "email", "phone"], text),
    richtext: plainRules.plainWithRich,
    picklist: choiceRules.choice,
    multipicklist: choiceRules.textWithList,
    ...shownInText,
  },
  LONG_TEXT: { ...each(textKinds, text), richtext: plainRules.plainWithRich, ...shownInText },
  RICH_TEXT: { textarea: plainRules.richWithPlain, richtext: plainRules.richText },
  URL: each([...textKinds, "url"], text),
  EMAIL: { ...each([...textKinds, "email"], text), user: choiceRules.emailWithUser },
  PHONE: each([...textKinds, "phone"], text),
  NUMBER: { ...each(numberKinds, number), ...each(textKinds, plainRules.numberAsText) },
  CURRENCY: {
    ...each(["currency", "double", "int"], number),
    ...each(textKinds, plainRules.numberAsText),
  },
  PERCENT: {
    ...each(["percent", "double", "int"], number),
    ...each(textKinds, plainRules.numberAsText),
  },
  CHECKBOX: { boolean: plainRules.checkbox },
  DATE: {
    date: plainRules.date,
    datetime: plainRules.dateWithMoment,
    ...each(textKinds, plainRules.dateAsText),
  },
  TIME: { time: plainRules.time, ...each(textKinds, plainRules.timeAsText) },
  SELECT: {
    picklist: choiceRules.choice,
    multipicklist: choiceRules.choiceWithList,
    ...each(textKinds, choiceRules.choiceWithText),
  },
  MULTISELECT: {
    multipicklist: choiceRules.list,
    picklist: choiceRules.listWithChoice,
    ...each(textKinds, choiceRules.listWithText),
  },
  PERSON: {
    user: choiceRules.person,
    email: choiceRules.personWithEmail,
    ...each(textKinds, choiceRules.personAsText),
  },
  TEAM: { ...each(textKinds, choiceRules.teamAsText), picklist: choiceRules.teamAsChoice },
  UNKNOWN: {},
};

/** Circa's types in words. */
export const circaTypeNames: Readonly<Record<CircaFieldType, string>> = {
  TEXT: "text",
  LONG_TEXT: "long text",
  RICH_TEXT: "rich text",
  URL: "URL",
  EMAIL: "e-mail",
  PHONE: "phone",
  NUMBER: "number",
  CURRENCY: "currency",
  PERCENT: "percent",
  CHECKBOX: "checkbox",
  DATE: "date",
  TIME: "time",
  SELECT: "select",
  MULTISELECT: "multi-select",
  PERSON: "person",
  TEAM: "team",
  UNKNOWN: "field of a type unknown here",
};
