import type { CreationSettingRow } from "../../../middleware/model/admin-rows.ts";
import {
  checkSetting,
  creationFingerprint,
  reachesStatus,
  type CheckParts,
} from "../../../middleware/sync/creation/setting/check-setting.ts";
import { aCampaignField, aCircaField } from "../../support/builders.ts";

const parentId = "701000000000001AAA";
const parts: CheckParts = {
  circaFields: [
    aCircaField({ key: "name", label: "Event Name" }),
    aCircaField({ key: "status", type: "SELECT", options: ["Planning", "COMMITTED", "SKIPPING"] }),
  ],
  campaignFields: ["Name", "IsActive", "Circa_Event_Id__c", "RecordTypeId", "ParentId"].map(
    (name) => aCampaignField({ name }),
  ),
  eventIdField: "Circa_Event_Id__c",
  recordTypes: () =>
    Promise.resolve([
      { id: "012000000000001AAA", developerName: "Event", available: true },
      { id: "012000000000002AAA", developerName: "Mailing", available: false },
    ]),
  campaignExists: (id) => Promise.resolve(id === parentId),
};
const aRow = (given: Partial<CreationSettingRow> = {}): CreationSettingRow => ({
  createCampaigns: true,
  createAtStatus: "COMMITTED",
  recordType: null,
  parentCampaignId: null,
  namePattern: null,
  ...given,
});
const check = (given: Partial<CreationSettingRow>, other: Partial<CheckParts> = {}) =>
  checkSetting(aRow(given), { ...parts, ...other });

test("switched off, nothing is looked up and nothing is wrong", async () => {
  const nothing = () => Promise.reject(new Error("looked up"));
  const row = { createCampaigns: false, recordType: "Nonsense", parentCampaignId: "x" };
  expect(await check(row, { recordTypes: nothing, campaignExists: nothing })).toEqual({
    rule: null,
    faults: [],
  });
});

test("blank but for the status: the Event's name, no parent, the default record type", async () => {
  const { rule, faults } = await check({});
  expect(faults).toEqual([]);
  expect(rule).toMatchObject({
    statuses: ["COMMITTED"],
    recordType: null,
    parentCampaignId: null,
    namePattern: { source: "{name}" },
  });
});

test("statuses are read in any case, with blanks, each once", async () => {
  const { rule } = await check({ createAtStatus: " planning,, COMMITTED ,Planning" });
  expect(rule?.statuses).toEqual(["PLANNING", "COMMITTED"]);
  expect(
    ["Planning", "committed", "SKIPPING", "", null, 7].map((it) => reachesStatus(rule!, it)),
  ).toEqual([true, true, false, false, false, false]);
});

test("a Circa that does not say which statuses there are takes any", async () => {
  const { rule } = await check(
    { createAtStatus: "SIGNED" },
    { circaFields: [aCircaField({ key: "name" })] },
  );
  expect(rule?.statuses).toEqual(["SIGNED"]);
});

test.each<[string, Partial<CreationSettingRow>, string, RegExp]>([
  ["no status", { createAtStatus: " , " }, "Create At Status", /No status is named/],
  ["an unknown status", { createAtStatus: "DONE" }, "Create At Status", /no Event status "DONE"/],
  ["SKIPPING", { createAtStatus: "Skipping" }, "Create At Status", /Remove SKIPPING/],
  ["an unknown record type", { recordType: "Webinar" }, "Campaign Record Type", /no record type/],
  ["one not assigned", { recordType: "mailing" }, "Campaign Record Type", /not assigned/],
  ["a name as parent", { parentCampaignId: "All Events" }, "Parent Campaign", /no Id/],
  ["an Id of another object", { parentCampaignId: "001000000000001AAA" }, "Parent Campaign", /701/],
  ["an unknown parent", { parentCampaignId: "701000000000009AAA" }, "Parent Campaign", /not exist/],
  ["a wrong pattern", { namePattern: "{nam}" }, "Campaign Name Pattern", /no Event Info field/],
])("%s: off, with the setting and the reason named", async (_what, given, setting, reason) => {
  expect(await check(given)).toEqual({
    rule: null,
    faults: [{ setting, reason: expect.stringMatching(reason) as string }],
  });
});

test("a field that the integration user can't set on a new Campaign switches it off", async () => {
  const campaignFields = parts.campaignFields.map((field) => ({
    ...field,
    createable: field.name !== "IsActive" && field.name !== "ParentId",
  }));
  const { faults } = await check({}, { campaignFields });
  expect(faults[0]?.reason).toMatch(/can't set IsActive on/);
  const withParent = await check({ parentCampaignId: parentId.slice(0, 15) }, { campaignFields });
  expect(withParent.faults[0]?.reason).toMatch(/can't set IsActive, ParentId on/);
});

test("the fingerprint moves with the rule and with what is wrong", async () => {
  const prints = await Promise.all(
    [
      { createCampaigns: false },
      {},
      { createAtStatus: "PLANNING" },
      { recordType: "Event" },
      { parentCampaignId: parentId },
      { namePattern: "EV {name}" },
      { namePattern: "{" },
    ].map(async (given) => JSON.stringify(creationFingerprint(await check(given)))),
  );
  expect(new Set(prints).size).toBe(prints.length);
});
