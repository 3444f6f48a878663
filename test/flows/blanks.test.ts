/** What a cleared field does: Copy clears the other side for good, Keep leaves it alone. */
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;
let expected: LinkExpectations;

beforeAll(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  link = await oneLink(sync);
  expected = expectationsOf(link);
});
afterAll(() => sync.close());

const cleared = {
  location: null,
  website: "",
  start_date: null,
  Agenda: "",
  "Lead Goal": null,
  "Doors Open": null,
  "Products Shown": [],
  roles: [],
  "Post-Event Notes": null,
};
const campaignCleared = {
  Circa_Location__c: null,
  Circa_Website__c: null,
  StartDate: null,
  Agenda__c: null,
  Lead_Goal__c: null,
  Doors_Open__c: null,
  Products_Shown__c: null,
  Circa_Roles__c: null,
  Post_Event_Notes__c: null,
};
const filled = {
  location: "Wien",
  website: "https://example.com",
  start_date: "2027-05-01",
  Agenda: "agenda",
  "Lead Goal": 5,
  "Doors Open": "09:00",
  "Products Shown": ["Atlas Platform"],
  roles: ["Sponsor"],
  "Post-Event Notes": "<p>notes</p>",
};
const campaignFilled = {
  Circa_Location__c: "Wien",
  Circa_Website__c: "https://example.com",
  StartDate: "2027-05-01",
  Agenda__c: "agenda",
  Lead_Goal__c: 5,
  Doors_Open__c: "09:00:00.000Z",
  Products_Shown__c: "Atlas Platform",
  Circa_Roles__c: "Sponsor",
  Post_Event_Notes__c: "<p>notes</p>",
};
const rows: Record<string, string> = {
  location: "Location_to_Campaign_Circa_Location",
  roles: "Roles_to_Campaign_Circa_Roles",
  "Lead Goal": "Lead_Goal",
  fee: "Sponsorship_Fee",
};
const setBlankRule = async (rule: "Copy" | "Keep") => {
  for (const row of Object.values(rows)) {
    await salesforceAdmin(sync).setMapping(row, { Blank_Rule__c: rule });
  }
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
};

test("Copy: cleared on the Event, cleared on the Campaign, and stays so", async () => {
  await link.editEvent(filled);
  await expected.campaign(campaignFilled);
  await link.editEvent(cleared);
  await expected.campaign(campaignCleared);
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
  expect(await link.campaign()).toMatchObject(campaignCleared);
  expect(await link.eventValue("location")).toBeNull();
});

test("Copy: cleared on the Campaign, cleared on the Event, and stays so", async () => {
  await link.editCampaign({ Sponsorship_Fee__c: 5, Event_Tier__c: "C – Local" });
  await expected.event({ "Sponsorship Fee": 5, "Event Tier": "C – Local" });
  await link.editCampaign({ Sponsorship_Fee__c: null, Event_Tier__c: null });
  await expected.event({ "Sponsorship Fee": null, "Event Tier": null });
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
  await expected.event({ "Sponsorship Fee": null, "Event Tier": null });
});

test("Keep: the other side keeps what it has, without a problem", async () => {
  await link.editEvent(filled);
  await expected.campaign(campaignFilled);
  await link.editCampaign({ Sponsorship_Fee__c: 7 });
  await expected.event({ "Sponsorship Fee": 7 });
  await setBlankRule("Keep");

  await link.editEvent(cleared);
  await link.editCampaign({ Sponsorship_Fee__c: null });
  await expected.campaign({
    ...campaignCleared,
    Circa_Location__c: "Wien",
    Circa_Roles__c: "Sponsor",
    Lead_Goal__c: 5,
  });
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
  expect(await link.campaign()).toMatchObject({ Circa_Location__c: "Wien", Lead_Goal__c: 5 });
  await expected.event({ "Sponsorship Fee": 7, location: null });
  await expected.inLine();

  await setBlankRule("Copy");
  await expected.campaign(campaignCleared);
  await expected.event({ "Sponsorship Fee": null });
});

test("a required field of Circa that would become blank: a problem", async () => {
  await link.editCampaign({ Sponsorship_Fee__c: 9 });
  await expected.event({ "Sponsorship Fee": 9 });
  await circaEmulator(sync).editField(link.key("Sponsorship Fee"), { required: true });
  await link.editCampaign({ Sponsorship_Fee__c: null, Win_Rate_Goal__c: 44 });
  await expected.event({ "Win Rate Goal": 44 });
  await eventuallyHolds("it is a problem", async () => {
    expect(await link.problems()).toEqual([
      expect.objectContaining({ code: "REQUIRED_BLANK", fieldLabel: "Sponsorship Fee" }),
    ]);
  });
  expect(await link.eventValue("Sponsorship Fee")).toBe(9);
  await circaEmulator(sync).editField(link.key("Sponsorship Fee"), { required: false });
  await expected.event({ "Sponsorship Fee": null });
  await expected.inLine();
});
