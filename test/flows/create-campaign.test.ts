/** A Campaign of its own for an Event that never had one, when its status reaches a chosen one. */
import { creatingIn, type Creating } from "../support/creating.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let creating: Creating;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  creating = creatingIn(sync);
  await sync.settled();
});
afterAll(() => sync.close());

const people = () => marketer(sync);
const expectCreated = (eventId: string) => creating.expectCreated(eventId);
const expectNone = (eventId: string) => creating.expectNone(eventId);

test("off, as installed: no Campaign is made", async () => {
  expect((await sync.status()).creation).toMatchObject({ on: false, faults: [] });
  const before = await creating.countCampaigns();
  await expectNone(await creating.newEvent());
  expect(await creating.countCampaigns()).toBe(before);
});

test("the status is reached: a Campaign with the Event's values, connected and in sync", async () => {
  await creating.switchOn();
  const eventId = await creating.newEvent({ status: "CONSIDERING" });
  await expectNone(eventId);
  await people().edit(eventId, { status: "COMMITTED" });
  expect(await expectCreated(eventId)).toMatchObject({
    Name: "Autumn Roadshow",
    IsActive: true,
    StartDate: "2027-10-05",
    Circa_Location__c: "Graz",
  });
  await eventuallyHolds("both sides show it as in sync", async () => {
    expect((await people().event(eventId))["crm_sync_status"]).toMatchObject({
      state: "in_sync",
      problems: [],
    });
    expect((await creating.campaignsOf(eventId))[0]).toMatchObject({
      Circa_Sync_Status__c: "In Sync",
    });
  });
  // The history follows once the writes have been answered.
  const changes = await eventually("the history has them", async () => {
    const all = await creating.changesOf(eventId);
    return all.length > 0 && all;
  });
  expect(changes[0]).toMatchObject({
    fieldKey: "salesforce_campaign_id",
    newValue: await creating.connectedTo(eventId),
    cause: "webhook",
    note: "created_campaign",
  });
  expect(changes.find(({ fieldKey }) => fieldKey === "location")).toMatchObject({
    oldValue: null,
    newValue: "Graz",
    note: "created_campaign",
  });
  // From now on it is a link as any other.
  await people().edit(eventId, { location: "Linz" });
  await eventuallyHolds("the edit arrives", async () => {
    expect((await creating.campaignsOf(eventId))[0]).toMatchObject({ Circa_Location__c: "Linz" });
  });
});

test("any of several statuses; SKIPPING is none of them", async () => {
  await creating.switchOn({ Create_At_Status__c: "committed , COMPLETED" });
  const skipped = await creating.newEvent({ status: "SKIPPING" });
  await expectCreated(await creating.newEvent({ status: "COMPLETED" }));
  await expectNone(skipped);
});

test("switched on: Events that have the status already get theirs", async () => {
  await creating.set({ Create_Campaigns__c: false });
  const eventId = await creating.newEvent();
  await expectNone(eventId);
  await creating.switchOn();
  await expectCreated(eventId);
});
