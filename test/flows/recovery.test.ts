/** What was missed is found: by the sweep, after a stop, after kill -9. */
import { buildMiddleware, startMiddleware } from "../../scripts/support/middleware-process.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let eventId: string;
let campaignId: string;

beforeEach(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  // Ends after those that the start has asked for, which would find what is dropped before ours.
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
  const [event] = await marketer(sync).events();
  eventId = String(event!["id"]);
  campaignId = String(event!["salesforce_campaign_id"]);
});
afterEach(() => sync.close());

const setFaults = async (url: string, body: Record<string, unknown>) => {
  const answer = await fetch(`${url}/emulator/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
};
const campaign = () => campaignManager(sync).campaign(campaignId);
const expectLocation = (location: string) =>
  eventuallyHolds("the Campaign has the location", async () => {
    expect((await campaign())["Circa_Location__c"]).toBe(location);
  });
const expectTier = (tier: string) =>
  eventuallyHolds("the Event has the tier", async () => {
    const key = (await marketer(sync).customKeys()).get("Event Tier")!;
    const event = await marketer(sync).event(eventId);
    expect((event["custom_fields"] as Record<string, unknown>)[key]).toBe(tier);
  });

test("the sweep finds what a lost webhook would have told, and keeps that it did", async () => {
  await setFaults(sync.circa.url, { webhooks: [{ kind: "drop", times: 1 }] });
  await marketer(sync).edit(eventId, { location: "told to nobody" });
  expect(await sync.admin("POST", "/api/sweep")).toMatchObject({ unsettled: 1 });
  await expectLocation("told to nobody");
});

test("the sweep finds what a lost Platform Event would have told, and keeps that it did", async () => {
  await setFaults(sync.salesforce.url, { faults: [{ name: "dropEvents" }] });
  await campaignManager(sync).edit(campaignId, { Event_Tier__c: "C – Local" });
  expect(await sync.admin("POST", "/api/sweep")).toMatchObject({ unsettled: 1 });
  await expectTier("C – Local");
});

test("both sides edited while the middleware is stopped: both arrive after its start", async () => {
  await sync.stopMiddleware();
  await marketer(sync).edit(eventId, { location: "while it was away" });
  await campaignManager(sync).edit(campaignId, { Event_Tier__c: "B – Regional" });
  await sync.startMiddleware();
  await expectLocation("while it was away");
  await expectTier("B – Regional");
});

test("kill -9 after the commit and before the write loses nothing", async () => {
  await sync.stopMiddleware();
  buildMiddleware();
  const child = await startMiddleware({ env: sync.environment() });
  // The write never gets an answer, so the process dies with it under way.
  await setFaults(sync.salesforce.url, {
    faults: [{ name: "hangBefore", method: "PATCH" }],
  });
  await marketer(sync).edit(eventId, { location: "survived" });
  await eventuallyHolds("the write is under way", async () => {
    const faults = await fetch(`${sync.salesforce.url}/emulator/faults`);
    expect(await faults.json()).toEqual({ faults: [] });
  });
  process.kill(child.pid, "SIGKILL");
  await child.ended;
  expect((await campaign())["Circa_Location__c"]).not.toBe("survived");
  await sync.startMiddleware();
  await expectLocation("survived");
});
