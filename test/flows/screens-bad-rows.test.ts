/** Rows of Salesforce's screens that Salesforce can't take: none of them holds up the others. */
import { eventuallyHolds } from "../support/eventually.ts";
import { integrationUser, type IntegrationUser } from "../support/integration-user.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

type Json = Record<string, unknown>;

let sync: RunningSync;
let first: OneLink;
let third: OneLink;
let salesforce: IntegrationUser;
/** The pauses that must not be waited for are minutes. */
const longMs = 15_000;

beforeAll(async () => {
  sync = await startSync({ links: 3 });
  await sync.settled();
  [first, third] = [await oneLink(sync), await oneLink(sync, 2)];
  salesforce = integrationUser(sync);
});
afterAll(() => sync.close());

const rows = (soql: string): Promise<Json[]> => salesforce.query(soql);
const eventRow = async ({ eventId }: OneLink) =>
  (
    await rows(
      `SELECT Name, Start_Date__c, End_Date__c, Location__c, Url__c FROM Circa_Event__c WHERE Event_Id__c = '${eventId}'`,
    )
  )[0];
const openIssues = ({ eventId }: OneLink) =>
  rows(
    `SELECT Code__c, Message__c, Event_Name__c FROM Circa_Sync_Issue__c WHERE Event_Id__c = '${eventId}' AND Status__c = 'Open'`,
  );
const linkRow = async ({ campaignId }: OneLink) =>
  (
    await rows(
      `SELECT Last_Request_Id__c FROM Circa_Sync_Link__c WHERE Campaign_Key__c = '${campaignId}'`,
    )
  )[0];
const ask = (link: OneLink, requestId: string) =>
  salesforce.signal({
    Kind__c: "sync_requested",
    Campaign_Ids__c: JSON.stringify([link.campaignId]),
    Request_Id__c: requestId,
  });

/** A problem of another Event reaches its screen, and a person's request is answered. */
async function expectScreensGoOn(requestId: string): Promise<void> {
  const place = `Hall ${requestId} ${"x".repeat(300)}`;
  await third.forceEvent({}, { location: place });
  await eventuallyHolds(
    "another Event's problem is shown",
    async () => {
      expect(await openIssues(third)).toEqual([
        expect.objectContaining({
          Code__c: "VALUE_TOO_LONG",
          Message__c: expect.stringContaining(`Hall ${requestId}`) as string,
        }),
      ]);
    },
    longMs,
  );
  await ask(third, requestId);
  await eventuallyHolds(
    "the request is answered",
    async () => expect(await linkRow(third)).toMatchObject({ Last_Request_Id__c: requestId }),
    longMs,
  );
  await third.forceEvent({ location: "Hall" });
  await eventuallyHolds("it is put right", async () => expect(await openIssues(third)).toEqual([]));
}

const impossible = ["0000-00-00", "2027-02-30", "1699-12-31", "4001-01-01", "2027-13-01"];

test.each(impossible)("a date that Salesforce does not take: %s", async (date) => {
  await first.forceEvent({ location: `at ${date}` }, { start_date: date });
  await expectScreensGoOn(`date-${date}`);
  expect(await eventRow(first)).toMatchObject({
    Location__c: `at ${date}`,
    Start_Date__c: null,
  });
  await first.forceEvent({ start_date: "2027-05-04" });
});

test("a moment shows as its day where the Event is", async () => {
  await first.forceEvent({}, { time_zone: "Asia/Tokyo", end_date: "2027-05-04T20:00:00Z" });
  await eventuallyHolds(
    "the day is shown",
    async () => expect(await eventRow(first)).toMatchObject({ End_Date__c: "2027-05-05" }),
    longMs,
  );
  await first.forceEvent({ end_date: "2027-05-06", time_zone: "Europe/Vienna" });
});

test("texts that no field stores, and ones that are too long", async () => {
  const family = "👨‍👩‍👧‍👦";
  await first.forceEvent(
    {},
    {
      name: `${"N".repeat(75)}${family}${family}`,
      location: "Hall\u0000 \ud83d\nB",
      brief_url: `https://example.com/${"x".repeat(400)}`,
    },
  );
  await expectScreensGoOn("texts");
  expect(await eventRow(first)).toMatchObject({
    Name: `${"N".repeat(75)}…`,
    Location__c: "Hall\ufffd \ufffd B",
    Url__c: null,
  });
  await first.forceEvent({ name: "Put right", location: "Hall B" }, { brief_url: null });
});

test("a row that has the whole call refused, for a reason unknown here", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "respondRest",
    status: 400,
    body: [{ errorCode: "JSON_PARSER_ERROR", message: "Cannot deserialize instance" }],
    path: "/composite/sobjects/",
    bodyHas: "Odd One",
    times: 1_000,
  });
  await first.forceEvent({ name: "Odd One" });
  await expectScreensGoOn("odd");
  await salesforceAdmin(sync).clearFaults();
  await first.forceEvent({ name: "Even One" });
  await eventuallyHolds(
    "its next change is shown",
    async () => expect(await eventRow(first)).toMatchObject({ Name: "Even One" }),
    longMs,
  );
});

test("an object that the org lacks: the others are written", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "respondRest",
    status: 404,
    body: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
    path: "/composite/sobjects/Circa_Event__c",
    times: 1_000,
  });
  await first.editEvent({ location: "unseen" });
  await expectScreensGoOn("lacking");
  await salesforceAdmin(sync).clearFaults();
});

test("a row that is refused for one of its fields is written without it", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    object: "Circa_Sync_Issue__c",
    field: "Event_Name__c",
    times: 1,
  });
  await expectScreensGoOn("one-field");
});
