import {
  fillPattern,
  readPattern,
} from "../../../middleware/sync/creation/setting/name-pattern.ts";
import { aCampaignField, aCircaField, anEvent, noPeople } from "../../support/builders.ts";
import { worded } from "../../support/worded.ts";

const target = aCampaignField({
  name: "Name",
  label: "Campaign Name",
  length: 80,
  nillable: false,
});
const customKey = "Q3VzdG9tRmllbGRUeXBlLTE5NjkwOA";
const fields = [
  aCircaField({ key: "name", label: "Event Name", required: true }),
  aCircaField({ key: "start_date", label: "Start Date", type: "DATE" }),
  aCircaField({ key: "location", label: "Location" }),
  aCircaField({ key: "types", label: "Event Type", type: "MULTISELECT" }),
  aCircaField({ key: "team", label: "Team", type: "TEAM", readOnly: true }),
  aCircaField({ key: "leader", label: "Event Leader", type: "PERSON" }),
  aCircaField({ key: "planned_total", label: "Planned Total", type: "CURRENCY" }),
  aCircaField({ key: customKey, label: "Event Tier", custom: true, type: "SELECT" }),
  aCircaField({ key: "odd", label: "Odd One", type: "UNKNOWN" }),
];

function nameOf(source: string, values: Record<string, unknown>) {
  const read = readPattern(source, fields, target);
  if (!read.ok) throw new Error(read.reason);
  return fillPattern(read.pattern, anEvent(values), noPeople);
}

test.each([
  ["{name}", { name: "Spring Summit" }, "Spring Summit"],
  ["{name} ({start_date})", { name: "Summit", start_date: "2027-04-04" }, "Summit (2027-04-04)"],
  // The Event's own day, which is not UTC's.
  ["{start_date}", { start_date: "2027-04-04T20:00:00Z" }, "2027-04-05"],
  ["EV: { name }", { name: "Summit" }, "EV: Summit"],
  [`{name} – {${customKey}}`, { name: "Summit", [customKey]: "A" }, "Summit – A"],
  ["{name}, {team}", { name: "Summit", team: { id: "t", name: "EMEA" } }, "Summit, EMEA"],
  ["{leader}", { leader: { email: "a@example.com", first_name: "Ada" } }, "Ada"],
  ["{planned_total} {name}", { name: "Summit", planned_total: 1250.5 }, "1250.5 Summit"],
  ["{name}{name}", { name: "ha" }, "haha"],
])("%s of %j is %s", (source, values, name) => {
  expect(nameOf(source, values)).toEqual({ ok: true, name });
});

test.each([
  ["{name} ({start_date})", { name: "Summit" }, "Summit"],
  ["{location} | {name}", { name: "Summit" }, "Summit"],
  ["{name} - {location} - {start_date}", { name: "A", start_date: "2027-04-04" }, "A - 2027-04-04"],
  ["{name} [{location}] {start_date}", { name: "A", start_date: "2027-04-04" }, "A 2027-04-04"],
])("a blank field leaves no empty brackets and no loose ends: %s", (source, values, name) => {
  expect(nameOf(source, values)).toEqual({ ok: true, name });
});

test("a name that has such marks itself keeps them", () => {
  expect(nameOf("{name}", { name: "- () -" })).toEqual({ ok: true, name: "- () -" });
});

test("80 characters fit; 81 are a problem with the limit and the length, and nothing is cut", () => {
  expect(nameOf("{name}", { name: "x".repeat(80) })).toMatchObject({ ok: true });
  const long = nameOf("{name} ({start_date})", { name: "x".repeat(68), start_date: "2027-04-04" });
  expect(long.ok ? null : worded(long.problem)).toEqual({
    code: "VALUE_TOO_LONG",
    message: expect.stringMatching(/^The name for.* 81 characters.*at most 80/) as string,
    hint: expect.stringContaining("Shorten it by 1 ") as string,
    fieldKey: null,
    fieldLabel: null,
  });
});

test("all fields blank: a problem, not a name of brackets", () => {
  expect(nameOf("({name})", {})).toMatchObject({
    ok: false,
    problem: { code: "CAMPAIGN_NAME_BLANK" },
  });
});

test("a value of an unexpected shape is a problem of its field", () => {
  expect(nameOf("{name} {start_date}", { name: "A", start_date: "soon" })).toMatchObject({
    ok: false,
    problem: { code: "INVALID_DATE", fieldKey: "start_date" },
  });
});

test.each([
  ["{nmae}", /\{nmae\} is no Event Info field/],
  ["{Name}", /\{Name\} is no Event Info field/],
  ["{}", /\{\} is no Event Info field/],
  ["Campaign", /names no Event Info field/],
  ["", /names no Event Info field/],
  ["{name", /brace/],
  ["name} {name}", /brace/],
  ["{{name}}", /brace/],
  ["{odd}", /\{odd\} can't be part of a name/],
])("the pattern %j is refused with its reason", (source, reason) => {
  const read = readPattern(source, fields, target);
  expect(read).toEqual({ ok: false, reason: expect.stringMatching(reason) as string });
});
