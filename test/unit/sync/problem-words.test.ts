import type {
  ProblemEntry,
  Template,
  Wording,
} from "../../../middleware/model/problems/entries/entry.ts";
import { problemEntries } from "../../../middleware/model/problems/index.ts";
import { phrases } from "../../../middleware/model/problems/phrases.ts";
import {
  faultOf,
  fieldProblem,
  introduced,
  linkProblem,
} from "../../../middleware/model/problems/problem.ts";
import { wordsOf } from "../../../middleware/model/problems/words.ts";

const entries = Object.entries<ProblemEntry>(problemEntries);
const wordings = entries.flatMap(([code, entry]): [string, Wording][] =>
  "wordings" in entry
    ? Object.entries(entry.wordings).map(([name, wording]) => [`${code}.${name}`, wording])
    : [[code, entry]],
);
const templates = [
  ...wordings.flatMap(([name, { message, hint }]): [string, Template][] => [
    [`${name} message`, message],
    [`${name} hint`, hint],
  ]),
  ...Object.entries<Template>(phrases),
];
const gapsOf = (text: string) => new Set(text.match(/\{\w+\}/g));

const tooLong = faultOf("VALUE_TOO_LONG", {
  from: { phrase: "circaField", label: "Stand" },
  to: { phrase: "campaignField", label: "Booth" },
  value: { phrase: "text", text: "{to} $& 12345" },
  length: 13,
  limit: 10,
  excess: 3,
});

test.each(templates)("%s has the same parameters in both languages", (_name, template) => {
  expect(gapsOf(template.german)).toEqual(gapsOf(template.english));
});

test.each(templates)("%s has no loose braces and fits a label", (_name, template) => {
  const texts = [template.english, template.german];
  expect(texts.map((text) => text.replaceAll(/\{\w+\}/g, "")).join("")).not.toMatch(/[{}]/);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
});

test("a problem is said in either language, and its parameters are taken as they are", () => {
  expect(wordsOf(tooLong)).toEqual({
    message: `Circa's "Stand" has 13 characters ("{to} $& 12345"), the Campaign's "Booth" takes at most 10.`,
    hint: `Shorten it by 3 characters, or have an admin make the Campaign's "Booth" longer.`,
  });
  expect(wordsOf(tooLong, "german")).toEqual({
    message:
      "„Stand“ in Circa hat 13 Zeichen („{to} $& 12345“), „Booth“ der Kampagne fasst höchstens 10.",
    hint: "Kürzen Sie den Text um 3 Zeichen, oder lassen Sie „Booth“ der Kampagne von einem Admin verlängern.",
  });
});

test("a code has the wording of its case, and lists are said in full", () => {
  const missing = linkProblem("CAMPAIGN_NOT_CREATED.required", {
    said: "Required (REQUIRED_FIELD_MISSING)",
    fields: ["A__c", "B__c"],
  });
  expect(missing).toMatchObject({ code: "CAMPAIGN_NOT_CREATED", fieldKey: null });
  expect(wordsOf(missing).hint).toMatch(/^Give A__c, B__c a value:/);
});

test("a sentence may stand before the message", () => {
  const named = fieldProblem({ key: "name", label: "Name" }, "REQUIRED_BLANK", {
    from: { phrase: "newName" },
    to: { phrase: "newNameField", label: "Campaign Name" },
  });
  const first = introduced(named, { phrase: "notCreatedYet" });
  expect(wordsOf(first).message).toBe(
    `No Campaign is made for this Event yet. The name for the new Campaign is blank, but its "Campaign Name" must have a value.`,
  );
});

test("what another version has found is said in general", () => {
  const { meaning, remedy } = problemEntries.VALUE_TOO_LONG;
  const general = { message: meaning, hint: remedy };
  expect(wordsOf({ ...tooLong, parameters: {} })).toEqual(general);
  const unknown = { phrase: "ofNextYear" };
  expect(wordsOf({ ...tooLong, parameters: { ...tooLong.parameters, from: unknown } })).toEqual(
    general,
  );
  const moved = { code: "VALUE_REMOVED", wording: "VALUE_REMOVED.later", parameters: {} };
  expect(wordsOf(moved).message).toBe(problemEntries.VALUE_REMOVED.meaning);
  expect(wordsOf({ code: "OF_NEXT_YEAR", wording: "OF_NEXT_YEAR", parameters: {} })).toEqual({
    message: "OF_NEXT_YEAR",
    hint: "",
  });
});

test("TypeScript refuses a parameter that is missing, unknown or of another type", () => {
  // @ts-expect-error -- `said` is missing
  linkProblem("EVENT_TAKEN", {});
  // @ts-expect-error -- `reason` is unknown
  linkProblem("EVENT_TAKEN", { said: "no", reason: "no" });
  // @ts-expect-error -- a count is a number
  faultOf("TOO_MANY_VALUES", { from: "a", to: "b", value: "c", count: "two" });
  // @ts-expect-error -- no such phrase
  linkProblem("EVENT_TAKEN", { said: { phrase: "ofNextYear" } });
  // @ts-expect-error -- the phrase lacks its own parameter
  linkProblem("EVENT_TAKEN", { said: { phrase: "text" } });
  // @ts-expect-error -- the code has a wording for each case
  linkProblem("REFUSED_BY_CIRCA", { said: "no" });
  // @ts-expect-error -- only the other case names a field
  linkProblem("REFUSED_BY_CIRCA.event", { said: "no", field: "Name" });
  expect(linkProblem("EVENT_TAKEN", { said: "no" }).parameters).toEqual({ said: "no" });
});
