/** Connecting and disconnecting from either side, and what becomes of a link in between. */
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let eventId: string;
let otherEventId: string;
let campaignId: string;
let otherCampaignId: string;

beforeEach(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  const [one, two] = await marketer(sync).events();
  eventId = String(one!["id"]);
  campaignId = String(one!["salesforce_campaign_id"]);
  otherEventId = String(two!["id"]);
  otherCampaignId = String(two!["salesforce_campaign_id"]);
});
afterEach(() => sync.close());

const event = (id = eventId) => marketer(sync).event(id);
const campaign = (id = campaignId) => campaignManager(sync).campaign(id);
const problems = async () =>
  (await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems")).problems;

const expectConnected = (event_: string, campaign_: string) =>
  eventuallyHolds("both sides are connected", async () => {
    expect((await event(event_))["salesforce_campaign_id"]).toBe(campaign_);
    expect((await campaign(campaign_))["Circa_Event_Id__c"]).toBe(event_);
  });

const expectDisconnected = (event_: string, campaign_: string) =>
  eventuallyHolds("neither side is connected", async () => {
    expect((await event(event_))["salesforce_campaign_id"]).toBeNull();
    expect((await campaign(campaign_))["Circa_Event_Id__c"]).toBeNull();
  });

/** All that people filled in is still there. */
async function expectNothingBlanked(work: () => Promise<void>): Promise<void> {
  const filled = async () => ({
    location: (await event())["location"],
    start: (await event())["start_date"],
    campaignName: (await campaign())["Name"],
    campaignLocation: (await campaign())["Circa_Location__c"],
  });
  const before = await filled();
  await work();
  expect(await filled()).toEqual(before);
}

test("disconnected in Circa: Salesforce follows, nothing is blanked", async () => {
  await expectNothingBlanked(async () => {
    expect(await marketer(sync).connect(eventId, null)).toBeLessThan(300);
    await expectDisconnected(eventId, campaignId);
  });
  expect((await campaign())["Circa_Sync_Status__c"]).toBeNull();
});

test("disconnected in Salesforce: Circa follows, nothing is blanked", async () => {
  await expectNothingBlanked(async () => {
    await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: null });
    await expectDisconnected(eventId, campaignId);
  });
});

test("connected in Circa again: Salesforce follows, and the values meet", async () => {
  await marketer(sync).connect(eventId, null);
  await expectDisconnected(eventId, campaignId);
  const fresh = await campaignManager(sync).create({ Name: "Fresh", IsActive: true });
  await marketer(sync).connect(eventId, fresh);
  await expectConnected(eventId, fresh);
  await eventuallyHolds("the new Campaign has the Event's values", async () => {
    expect((await campaign(fresh))["Circa_Location__c"]).toBe((await event())["location"]);
    expect((await campaign(fresh))["Name"]).toBe((await event())["name"]);
  });
});

test("connected in Salesforce again: Circa follows", async () => {
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: null });
  await expectDisconnected(eventId, campaignId);
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: eventId });
  await expectConnected(eventId, campaignId);
});

test("moved to another Campaign in Circa: the old one is let go, the new one filled", async () => {
  const fresh = await campaignManager(sync).create({ Name: "Fresh" });
  await marketer(sync).connect(eventId, fresh);
  await expectConnected(eventId, fresh);
  await eventuallyHolds("the old Campaign is let go", async () => {
    expect((await campaign())["Circa_Event_Id__c"]).toBeNull();
  });
});

test("moved to another Campaign in Salesforce: Circa follows", async () => {
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: null });
  const fresh = await campaignManager(sync).create({ Name: "Fresh", Circa_Event_Id__c: eventId });
  await expectConnected(eventId, fresh);
});

test("a Campaign given another Event in Salesforce: Circa lets go of the one and connects the other", async () => {
  await campaignManager(sync).edit(otherCampaignId, { Circa_Event_Id__c: null });
  await expectDisconnected(otherEventId, otherCampaignId);
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: otherEventId });
  await expectConnected(otherEventId, campaignId);
  await eventuallyHolds("the first Event is let go", async () => {
    expect((await event())["salesforce_campaign_id"]).toBeNull();
  });
});

test("a Campaign given another Event in Salesforce, untold: the sweep has Circa let go of the one and connect the other", async () => {
  await campaignManager(sync).edit(otherCampaignId, { Circa_Event_Id__c: null });
  await expectDisconnected(otherEventId, otherCampaignId);
  await sync.settled();
  await salesforceAdmin(sync).setFaults({ name: "dropEvents", times: 1 });
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: otherEventId });
  await sync.admin("POST", "/api/sweep");
  await expectConnected(otherEventId, campaignId);
  await eventuallyHolds("the first Event is let go", async () => {
    expect((await event())["salesforce_campaign_id"]).toBeNull();
  });
  expect(await problems()).toEqual([]);
});

test("one Campaign has one Event: Circa refuses the second at once", async () => {
  expect(await marketer(sync).connect(otherEventId, campaignId)).toBe(409);
  await expectConnected(otherEventId, otherCampaignId);
});

test("one Campaign has one Event: Salesforce refuses the second at once", async () => {
  const taken = campaignManager(sync).edit(otherCampaignId, { Circa_Event_Id__c: eventId });
  await expect(taken).rejects.toThrow(/DUPLICATE_VALUE/);
});

test("an id that differs only in case is another Event", async () => {
  const swapped = eventId.replace(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const fresh = await campaignManager(sync).create({ Name: "Fresh", Circa_Event_Id__c: swapped });
  await sync.settled();
  expect((await campaign(fresh))["Circa_Event_Id__c"]).toBe(swapped);
  await expectConnected(eventId, campaignId);
});

test("a connected Campaign that does not exist is a problem, in words, on the Event", async () => {
  await marketer(sync).connect(eventId, null);
  await expectDisconnected(eventId, campaignId);
  await marketer(sync).connect(eventId, "701Dm00000ZZZZZIAA");
  await eventuallyHolds("the problem is there", async () => {
    expect(await problems()).toEqual([
      expect.objectContaining({ eventId, code: "CAMPAIGN_NOT_FOUND" }),
    ]);
    expect((await event())["crm_sync_status"]).toMatchObject({ state: "attention" });
  });
  await marketer(sync).connect(eventId, campaignId);
  await eventuallyHolds("it closes by itself", async () => {
    expect(await problems()).toEqual([]);
    expect((await event())["crm_sync_status"]).toMatchObject({ state: "in_sync" });
  });
});

test("Event deleted: the Campaign is let go and stays", async () => {
  const name = (await campaign())["Name"];
  await marketer(sync).remove(eventId);
  await eventuallyHolds("the Campaign is let go", async () => {
    expect(await campaign()).toMatchObject({ Circa_Event_Id__c: null, Name: name });
  });
});

/** @returns when Circa has deleted it and its webhook is lost */
async function deleteUntold(): Promise<void> {
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 1 }] });
  await marketer(sync).remove(eventId);
}

test("Event deleted, and nobody tells of it: the next edit of the Campaign finds it out", async () => {
  await deleteUntold();
  await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: 4321.5 });
  await eventuallyHolds("the Campaign is let go", async () => {
    expect(await campaign()).toMatchObject({ Circa_Event_Id__c: null });
  });
});

test("Event deleted, and nobody tells of it: its Campaign, deleted too, comes back without it", async () => {
  await deleteUntold();
  await campaignManager(sync).remove(campaignId);
  await sync.settled();
  expect(await problems()).toEqual([]);
  await salesforceAdmin(sync).undelete(campaignId);
  await eventuallyHolds("the Campaign is let go", async () => {
    expect(await campaign()).toMatchObject({ Circa_Event_Id__c: null });
  });
  expect(await problems()).toEqual([]);
});

test("moved to a Campaign that does not exist: the choice stays until somebody makes another", async () => {
  const missing = "701Dm00000ZZZZZIAA";
  await marketer(sync).connect(eventId, missing);
  await eventuallyHolds("the problem is there", async () => {
    expect(await problems()).toEqual([expect.objectContaining({ code: "CAMPAIGN_NOT_FOUND" })]);
  });
  // Whatever makes both sides be looked at again.
  await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: 4321.5 });
  await sync.settled();
  await sync.admin("POST", "/api/sweep?full=true");
  await sync.settled();
  expect(await problems()).toEqual([expect.objectContaining({ code: "CAMPAIGN_NOT_FOUND" })]);
  expect((await event())["salesforce_campaign_id"]).toBe(missing);
  expect((await campaign())["Circa_Event_Id__c"]).toBe(eventId);
  await marketer(sync).connect(eventId, null);
  await expectDisconnected(eventId, campaignId);
  await eventuallyHolds("it is closed", async () => {
    expect(await problems()).toEqual([]);
  });
});

test("Event deleted, and nobody tells of it: a link that can't be made is no problem any more", async () => {
  await marketer(sync).connect(eventId, "701Dm00000ZZZZZIAA");
  await eventuallyHolds("the problem is there", async () => {
    expect(await problems()).toEqual([expect.objectContaining({ code: "CAMPAIGN_NOT_FOUND" })]);
  });
  await deleteUntold();
  await sync.admin("POST", "/api/sweep?full=true");
  await eventuallyHolds("it is closed", async () => {
    expect(await problems()).toEqual([]);
  });
});

test("Campaign deleted and undeleted: the Event is let go, stays, and is connected again", async () => {
  await campaignManager(sync).remove(campaignId);
  await eventuallyHolds("the Event is let go", async () => {
    expect((await event())["salesforce_campaign_id"]).toBeNull();
  });
  await salesforceAdmin(sync).undelete(campaignId);
  await expectConnected(eventId, campaignId);
});

test("Campaign inactive, Event skipped: still in sync", async () => {
  await campaignManager(sync).edit(campaignId, { IsActive: false });
  await marketer(sync).edit(eventId, { status: "SKIPPING", location: "cancelled" });
  await eventuallyHolds("the Campaign follows", async () => {
    expect(await campaign()).toMatchObject({
      Circa_Location__c: "cancelled",
      Circa_Event_Status__c: "SKIPPING",
    });
  });
});

test("another org behind the same connection: nothing is written, and it says so", async () => {
  await sync.stopMiddleware();
  const other = await startSync({ links: 2, orgId: "00D000000000002" });
  try {
    await other.stopMiddleware();
    await sync.startMiddleware({
      SALESFORCE_LOGIN_URL: other.salesforce.url,
      SALESFORCE_CLIENT_ID: other.salesforce.integration.clientId,
      SALESFORCE_PRIVATE_KEY_FILE: other.environment()["SALESFORCE_PRIVATE_KEY_FILE"]!,
    });
    await marketer(sync).edit(eventId, { location: "into the wrong org" });
    await eventuallyHolds("it says so", async () => {
      expect((await sync.status()).mappings.fault).toMatch(/another Salesforce org/);
    });
    const found = await campaignManager(other).query(
      "SELECT Id FROM Campaign WHERE Circa_Location__c = 'into the wrong org'",
    );
    expect(found).toEqual([]);
    const ready = await fetch(`${sync.middleware().url}/health/ready`);
    expect(ready.status).toBe(503);
  } finally {
    await other.close();
  }
});
