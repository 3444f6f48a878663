/** What can't be written to a new Campaign, and what is made nevertheless. */
import { creatingIn, type Creating } from "../support/creating.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

type Json = Record<string, unknown>;

const nameMapping = "Name_to_Campaign_Name";
let sync: RunningSync;
let creating: Creating;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  creating = creatingIn(sync);
  await sync.settled();
});
afterAll(() => sync.close());

const admin = () => salesforceAdmin(sync);
const people = () => marketer(sync);

test.each([
  ["by the mapping to the Campaign Name", true],
  ["by the pattern", false],
])(
  "a name that is too long, %s: a problem on the Event, and made once it fits",
  async (_by, mapped) => {
    await admin().setMapping(nameMapping, { Is_Active__c: mapped });
    await creating.switchOn();
    const eventId = await creating.newEvent({ name: "x".repeat(81) });
    await eventuallyHolds("the Event shows why", async () => {
      expect((await people().event(eventId))["crm_sync_status"]).toMatchObject({
        state: "attention",
        problems: [
          {
            message: expect.stringMatching(
              /No Campaign is made .*81 characters.*at most 80/,
            ) as string,
          },
        ],
      });
    });
    expect(await creating.campaignsOf(eventId)).toEqual([]);
    await people().edit(eventId, { name: "y".repeat(80) });
    expect(await creating.expectCreated(eventId)).toMatchObject({ Name: "y".repeat(80) });
    await eventuallyHolds("the problem is gone", async () => {
      expect((await people().event(eventId))["crm_sync_status"]).toMatchObject({
        state: "in_sync",
      });
      expect(await creating.problemsOf(eventId)).toEqual([]);
    });
  },
);

test("no longer wanted: the problem goes from the Event as well", async () => {
  await creating.switchOn();
  const eventId = await creating.newEvent({ name: "x".repeat(81) });
  const state = async () =>
    ((await people().event(eventId))["crm_sync_status"] as Json | null)?.["state"];
  await eventuallyHolds("the Event shows why", async () => {
    expect(await state()).toBe("attention");
  });
  await people().edit(eventId, { status: "CONSIDERING" });
  await eventuallyHolds("nothing is wrong any more", async () => {
    expect(await creating.problemsOf(eventId)).toEqual([]);
    expect(await state()).not.toBe("attention");
  });
});

test("one refused field does not hold back the Campaign", async () => {
  await creating.switchOn();
  await admin().setFaults({
    name: "rejectRow",
    times: 1_000,
    field: "Circa_Location__c",
    statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    message: "Only Linz has a hall.",
  });
  const eventId = await creating.newEvent();
  expect(await creating.expectCreated(eventId)).toMatchObject({
    StartDate: "2027-10-05",
    Circa_Location__c: null,
  });
  await eventuallyHolds("the refused field is a problem", async () => {
    expect(await creating.problemsOf(eventId)).toMatchObject([
      { fieldKey: "location", message: expect.stringContaining("Only Linz") as string },
    ]);
  });
  await admin().clearFaults();
  await people().edit(eventId, { location: "Linz" });
  await eventuallyHolds("the repaired field arrives", async () => {
    expect((await creating.campaignsOf(eventId))[0]).toMatchObject({ Circa_Location__c: "Linz" });
    expect(await creating.problemsOf(eventId)).toEqual([]);
  });
});

test("a Campaign that is refused as a whole is a problem; other Events get theirs", async () => {
  await creating.switchOn();
  await admin().setFaults({
    name: "rejectRow",
    operation: "insert",
    field: "Name",
    value: "Autumn Roadshow",
    message: "No roadshows this year.",
  });
  const refused = await creating.newEvent();
  await creating.expectCreated(await creating.newEvent({ name: "Winter Fair" }));
  await eventuallyHolds("the Event shows why", async () => {
    expect(await creating.problemsOf(refused)).toMatchObject([
      {
        code: "CAMPAIGN_NOT_CREATED",
        message: expect.stringContaining("No roadshows this year.") as string,
      },
    ]);
  });
  await people().edit(refused, { location: "Wels" });
  await creating.expectCreated(refused);
});
