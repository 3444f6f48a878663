/** Values that Salesforce or Circa refuses: only what is at fault waits, and pairs stay together. */
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;

beforeAll(async () => {
  sync = await startSync({ links: 2, sourceDirs: ["test/fixtures/bound-fields"] });
  await sync.settled();
  link = await oneLink(sync);
});
beforeEach(async () => {
  await link.editEvent({
    start_date: "2027-03-10",
    end_date: "2027-03-20",
    location: "Hall 1",
    "Booth Number": "B1",
    "Lead Goal": 10,
  });
  await expectOnCampaign({ StartDate: "2027-03-10", EndDate: "2027-03-20", Lead_Goal__c: 10 });
  await expectWaiting();
});
afterEach(() => salesforceAdmin(sync).clearFaults());
afterAll(() => sync.close());

const expectOnCampaign = (values: Record<string, unknown>) =>
  eventuallyHolds(
    "the Campaign has these values",
    async () => {
      expect(await link.campaign()).toMatchObject(values);
    },
    30_000,
  );
/** The fields whose problem is open, and no others. */
async function expectWaiting(...fields: string[]): Promise<void> {
  const wanted = fields.map((field) => link.key(field)).toSorted();
  await eventuallyHolds(
    "these fields wait",
    async () => {
      expect((await link.problems()).map(({ fieldKey }) => fieldKey).toSorted()).toEqual(wanted);
    },
    30_000,
  );
}

test("start and end reversed: neither goes, everything else does", async () => {
  await link.editEvent({ location: "Hall 2" });
  await link.forceEvent(
    { location: "Hall 3" },
    { start_date: "2027-05-20", end_date: "2027-05-10" },
  );
  await expectWaiting("start_date", "end_date");
  await expectOnCampaign({
    StartDate: "2027-03-10",
    EndDate: "2027-03-20",
    Circa_Location__c: "Hall 3",
    Circa_Sync_Status__c: "Attention",
  });
  await link.editEvent({ start_date: "2027-05-01" });
  await expectOnCampaign({ StartDate: "2027-05-01", EndDate: "2027-05-10" });
  await expectWaiting();
});

test.each([
  ["start_date", "end_date", { StartDate: "2027-03-01", EndDate: "2027-03-15" }],
  ["end_date", "start_date", { StartDate: "2027-03-15", EndDate: "2027-03-25" }],
])("%s is new and %s is no date: neither goes", async (good, bad, after) => {
  const date = good === "start_date" ? after.StartDate : after.EndDate;
  await link.forceEvent({ location: "Hall 7" }, { [good]: date, [bad]: "2027-02-30" });
  await expectWaiting("start_date", "end_date");
  await expectOnCampaign({
    StartDate: "2027-03-10",
    EndDate: "2027-03-20",
    Circa_Location__c: "Hall 7",
  });
  await link.editEvent({ [bad]: "2027-03-15" });
  await expectOnCampaign(after);
  await expectWaiting();
});

test("a rule that names no field and binds two: they wait, and nobody else", async () => {
  await link.editEvent({ location: "Hall 13", "Booth Number": "B13", "Lead Goal": 20 });
  await expectWaiting("location", "Booth Number");
  await expectOnCampaign({ Circa_Location__c: "Hall 1", Booth_Number__c: "B1", Lead_Goal__c: 20 });
  await link.editEvent({ "Booth Number": "B14" });
  await expectOnCampaign({ Circa_Location__c: "Hall 13", Booth_Number__c: "B14" });
  await expectWaiting();
});

test("a rule that names another field: that one is written, and the one at fault waits", async () => {
  await link.editEvent({ name: "Renamed", location: "Hall 4", "Lead Goal": 13 });
  await expectWaiting("Lead Goal");
  await expectOnCampaign({ Name: "Renamed", Circa_Location__c: "Hall 4", Lead_Goal__c: 10 });
  expect((await link.problems())[0]?.message).toContain("Thirteen is no goal.");
});

test("many refusals one after another, in as many calls: all the rest is written", async () => {
  const refused = {
    location: "no",
    website: "https://no.example",
    "Booth Number": "no",
    Agenda: "no",
  };
  const names = ["Circa_Location__c", "Circa_Website__c", "Booth_Number__c", "Agenda__c"];
  const more = {
    "Onsite Contact Phone": "+49 30 1234567",
    "Post-Event Notes": "no",
    "Registration Page": "https://no.example",
  };
  const moreNames = ["Onsite_Contact_Phone__c", "Post_Event_Notes__c", "Registration_Page__c"];
  await salesforceAdmin(sync).setFaults(
    ...[...names, ...moreNames].map((field) => ({
      ...{ name: "rejectRow", field, fields: [field], statusCode: "STRING_TOO_LONG" },
      ...{ id: link.campaignId, message: `${field} is refused`, times: 1_000 },
    })),
  );
  await link.editEvent({ ...refused, ...more, "Lead Goal": 30 });
  await expectOnCampaign({ Lead_Goal__c: 30 });
  await expectWaiting(...Object.keys(refused), ...Object.keys(more));
});

test("a call that one Campaign makes fail as a whole, with 500: the others are written", async () => {
  const other = await oneLink(sync, 1);
  await salesforceAdmin(sync).setFaults({
    ...{ name: "respondRest", status: 500, times: 1_000, caller: "integration" },
    ...{ path: "/composite/sobjects", bodyHas: link.campaignId },
    body: [{ errorCode: "UNKNOWN_EXCEPTION", message: "An unexpected error occurred." }],
  });
  await sync.stopMiddleware();
  await link.editEvent({ location: "poison" });
  await other.editEvent({ location: "beside the poison" });
  await sync.startMiddleware();
  // Both are due at once, so that they share a call.
  await sync.admin("POST", "/api/sweep");
  await eventuallyHolds(
    "the other Campaign has it",
    async () => {
      expect((await other.campaign())["Circa_Location__c"]).toBe("beside the poison");
      expect((await sync.status()).systems.salesforce).toMatchObject({ state: "closed" });
    },
    60_000,
  );
  await salesforceAdmin(sync).clearFaults();
  await expectOnCampaign({ Circa_Location__c: "poison" });
});

test("a leader who was deactivated a minute ago: only the leader waits", async () => {
  const before = (await link.campaign())["OwnerId"];
  await salesforceAdmin(sync).setFaults({
    ...{ name: "rejectRow", field: "OwnerId", fields: [], times: 1_000 },
    statusCode: "INACTIVE_OWNER_OR_USER",
    message: "operation performed with inactive user as owner of campaign",
  });
  await link.editEvent({
    leader: { email: "maya.lindqvist@northlark.example" },
    location: "Hall 5",
  });
  await link.editEvent({
    leader: { email: "tomasz.wierzba@northlark.example" },
    location: "Hall 6",
  });
  await expectOnCampaign({ Circa_Location__c: "Hall 6", OwnerId: before });
  await expectWaiting("leader");
});

test("a refusal of Circa that names no field: only the one at fault waits", async () => {
  await circaEmulator(sync).setFaults({
    clear: true,
    requests: [
      { kind: "refuse_value", value: 666, method: "PATCH", path: "/events/{id}", times: 1_000 },
    ],
  });
  await link.editCampaign({ Sponsorship_Fee__c: 666, Follow_Up_Due__c: "2027-06-01" });
  await eventuallyHolds("the other field is on the Event", async () => {
    expect(await link.eventValue("Follow-Up Due")).toBe("2027-06-01");
  });
  await expectWaiting("Sponsorship Fee");
  await circaEmulator(sync).setFaults({ clear: true });
  await link.editCampaign({ Sponsorship_Fee__c: 667 });
  await expectWaiting();
});
