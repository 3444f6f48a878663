import type { FieldChange } from "../../../middleware/sync/plan/link-plan.ts";
import { BoundFields } from "../../../middleware/sync/plan/bound-fields.ts";
import { aCampaignField, aCircaField, aMapping } from "../../support/builders.ts";

const change = (name: string, label = name): FieldChange => {
  const circa = aCircaField({ key: name, id: name, label });
  const mapping = aMapping({ circa, campaign: aCampaignField({ name, label }) });
  return { mapping, target: "campaign", oldValue: null, newValue: "x", note: null };
};
const groupsOf = (bound: BoundFields, names: readonly string[]) =>
  bound
    .groups(names.map((name) => change(name)))
    .map((group) => group.map(({ mapping }) => mapping.campaign.name));

test.each([
  ["StartDate", "EndDate"],
  ["Registration_Opens__c", "Registration_Closes__c"],
  ["Setup_Begin__c", "Setup_End__c"],
  ["Travel_From__c", "Travel_To__c"],
  ["Min_Guests__c", "Max_Guests__c"],
])("%s and %s are the ends of one range", (start, end) => {
  expect(groupsOf(new BoundFields(() => 0), [start, "Name", end])).toEqual([
    [start, end],
    ["Name"],
  ]);
});

test.each([
  ["StartDate", "Setup_End__c"],
  ["Vendor__c", "Trend__c"],
  ["Budget__c", "Actual_Cost__c"],
])("%s and %s have nothing to do with each other", (a, b) => {
  expect(groupsOf(new BoundFields(() => 0), [a, b])).toEqual([[a], [b]]);
});

test("what was refused together stays together for a day", () => {
  let now = 0;
  const bound = new BoundFields(() => now);
  const pair = [change("Booth__c"), change("Hall__c")];
  bound.learn(pair);
  expect(groupsOf(bound, ["Hall__c", "Name", "Booth__c"])).toEqual([
    ["Hall__c", "Booth__c"],
    ["Name"],
  ]);
  now = 25 * 3_600_000;
  expect(groupsOf(bound, ["Hall__c", "Booth__c"])).toEqual([["Hall__c"], ["Booth__c"]]);
});
