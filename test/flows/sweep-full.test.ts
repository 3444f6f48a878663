/** The comparison of everything finds what no time and no notice tells. */
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { movingClock, type MovingClock } from "../support/moving-clock.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";

let sync: RunningSync;
let clock: MovingClock;
let links: { eventId: string; campaignId: string }[];

beforeEach(async () => {
  clock = movingClock();
  sync = await startSync({ links: 30, clock });
  await sync.settled();
  links = (await marketer(sync).events()).map((event) => ({
    eventId: String(event["id"]),
    campaignId: String(event["salesforce_campaign_id"]),
  }));
  await sweep();
  await sync.settled();
});
afterEach(() => sync.close());

/** Longer than a notice may be on its way. */
const noticesAreDueMs = 90_000;
const sweep = (query = "") => sync.admin<SweepFindings>("POST", `/api/sweep${query}`);
const changes = async () =>
  (await sync.admin<{ changes: unknown[] }>("GET", "/api/changes?limit=1000")).changes.length;
const deleteEvent = (eventId: string) => marketer(sync).remove(eventId);
const dropWebhooks = (times: number) =>
  circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times }] });
const dropEvents = (times: number) =>
  salesforceAdmin(sync).setFaults({ name: "dropEvents", times });

test("an Event that was deleted in Circa without a word is found, and its Campaign lets go of it", async () => {
  const { eventId, campaignId } = links[3]!;
  await dropWebhooks(1);
  await deleteEvent(eventId);
  clock.forward(noticesAreDueMs);
  expect(await sweep()).toMatchObject({ missed: 0 });
  expect(await sweep("?full=true")).toMatchObject({ missed: 1, causes: { webhook_lost: 1 } });
  await eventuallyHolds("the Campaign names no Event", async () => {
    expect((await campaignManager(sync).campaign(campaignId))["Circa_Event_Id__c"]).toBeNull();
  });
  expect(await sweep("?full=true")).toMatchObject({ missed: 0 });
});

test("a Campaign that was deleted without a word is found, and its Event lets go of it", async () => {
  const { eventId, campaignId } = links[4]!;
  await dropEvents(1);
  await campaignManager(sync).remove(campaignId);
  clock.forward(noticesAreDueMs);
  expect(await sweep("?full=true")).toMatchObject({ missed: 1, causes: { event_lost: 1 } });
  await eventuallyHolds("the Event has no Campaign", async () => {
    expect((await marketer(sync).event(eventId))["salesforce_campaign_id"]).toBeNull();
  });
});

test("links that only one side has are found on either side", async () => {
  await dropWebhooks(1);
  expect(await marketer(sync).connect(links[5]!.eventId, null)).toBeLessThan(300);
  await dropEvents(1);
  await campaignManager(sync).edit(links[6]!.campaignId, { Circa_Event_Id__c: null });
  clock.forward(noticesAreDueMs);
  const { missed } = await sweep("?full=true");
  expect(missed).toBe(2);
  await eventuallyHolds("both sides have let go", async () => {
    const campaign = await campaignManager(sync).campaign(links[5]!.campaignId);
    expect(campaign["Circa_Event_Id__c"]).toBeNull();
    const event = await marketer(sync).event(links[6]!.eventId);
    expect(event["salesforce_campaign_id"]).toBeNull();
    expect((await sync.status()).links).toBe(28);
  });
});

test("a comparison of everything that is in line finds nothing and writes nothing", async () => {
  const before = await changes();
  expect(await sweep("?full=true")).toMatchObject({
    missed: 0,
    unsettled: 0,
    campaignsRead: 30,
    eventsRead: 30,
  });
  await sync.settled();
  expect(await changes()).toBe(before);
  expect((await sync.status()).sweep.lastFull).toMatchObject({ kind: "full", state: "done" });
});
