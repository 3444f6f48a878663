/** The setting for creating Campaigns, right and wrong. */
import { creatingIn, type Creating } from "../support/creating.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { control } from "../../emulators/salesforce/test/support/salesforce-org.ts";

const nameMapping = "Name_to_Campaign_Name";
let sync: RunningSync;
let creating: Creating;

beforeEach(async () => {
  sync = await startSync({ links: 1 });
  creating = creatingIn(sync);
  await sync.settled();
});
afterEach(() => sync.close());

const admin = () => salesforceAdmin(sync);

test("record type, parent and name pattern of the setting", async () => {
  const [recordTypeId] = sync.salesforce.seed({
    recordTypes: [{ DeveloperName: "Circa_Event", Name: "Circa Event" }],
  }).recordTypes;
  const parentId = await campaignManager(sync).create({ Name: "All Events 2027" });
  await admin().setMapping(nameMapping, { Is_Active__c: false });
  await creating.switchOn({
    Campaign_Record_Type__c: "Circa_Event",
    Parent_Campaign_Id__c: parentId.slice(0, 15),
    Campaign_Name_Pattern__c: "{name} ({start_date})",
  });
  expect((await sync.status()).creation).toEqual({
    on: true,
    atStatuses: ["COMMITTED"],
    recordType: "Circa_Event",
    parentCampaignId: parentId,
    namePattern: "{name} ({start_date})",
    faults: [],
  });
  expect(await creating.expectCreated(await creating.newEvent())).toMatchObject({
    Name: "Autumn Roadshow (2027-10-05)",
    ParentId: parentId,
    RecordTypeId: recordTypeId,
  });
});

test("a parent with another currency: the Event shows it, and gets its Campaign afterwards", async () => {
  await control(sync.salesforce, "features", { currencies: ["USD", "EUR"] });
  const euro = { CurrencyIsoCode: "EUR" };
  const parentId = await campaignManager(sync).create({ Name: "All Events 2027", ...euro });
  await creating.switchOn({ Parent_Campaign_Id__c: parentId });
  const eventId = await creating.newEvent();
  await eventuallyHolds("the Event shows why", async () => {
    const [problem] = await creating.problemsOf(eventId);
    expect(problem).toMatchObject({ code: "CAMPAIGN_NOT_CREATED" });
    expect(problem?.message).toContain("same currency");
  });
  await campaignManager(sync).edit(parentId, { CurrencyIsoCode: "USD" });
  await marketer(sync).edit(eventId, { location: "Wels" });
  expect(await creating.expectCreated(eventId)).toMatchObject({ ParentId: parentId });
  await eventuallyHolds("nothing is wrong any more", async () => {
    expect(await creating.problemsOf(eventId)).toEqual([]);
  });
});

test("a wrong setting: the status says why, nothing is made, and repaired it works", async () => {
  await creating.force({
    Create_Campaigns__c: true,
    Create_At_Status__c: "COMMITED, SKIPPING",
    Campaign_Record_Type__c: "No_Such_Type",
    Parent_Campaign_Id__c: "701000000000zzz",
    Campaign_Name_Pattern__c: "{nmae}",
  });
  // A reading that was under way when the setting was saved may come first.
  await eventuallyHolds("the status says why", async () => {
    const { creation, mappings } = await sync.status();
    expect(creation.on).toBe(false);
    expect(creation.faults.map(({ setting, reason }) => `${setting}: ${reason}`)).toEqual([
      expect.stringMatching(/^Create At Status: Circa has no Event status "COMMITED"/),
      expect.stringMatching(/^Create At Status: An Event that is skipped/),
      expect.stringMatching(/^Campaign Record Type: .*"No_Such_Type"/),
      expect.stringMatching(/^Parent Campaign: .* does not exist/),
      expect.stringMatching(/^Campaign Name Pattern: \{nmae\} is no Event Info field/),
    ]);
    expect(mappings.active.length).toBeGreaterThan(0);
  });
  const eventId = await creating.newEvent();
  await creating.expectNone(eventId);
  await creating.set({
    Create_At_Status__c: "COMMITTED",
    Campaign_Record_Type__c: null,
    Parent_Campaign_Id__c: null,
    Campaign_Name_Pattern__c: null,
  });
  await creating.expectCreated(eventId);
});

test("a field of the setting that the integration user may not set is named", async () => {
  await admin().changeFieldPermission({ field: "IsActive", readable: true, editable: false });
  await creating.switchOn();
  expect((await sync.status()).creation).toMatchObject({
    on: false,
    faults: [
      { setting: "Create Campaigns", reason: expect.stringContaining("IsActive") as string },
    ],
  });
});

test("an org whose package is older, without the setting: mappings work, and the status says so", async () => {
  sync.salesforce.org.schema.permissionSets
    .get("Circa_Sync_Integration")!
    .customMetadataTypes.delete("circa_sync_setting__mdt");
  await creating.set({});
  const { creation, mappings } = await sync.status();
  expect(creation).toMatchObject({ on: false, faults: [{ setting: "Circa Sync Setting" }] });
  expect(mappings.active.length).toBeGreaterThan(0);
});
