/** What the Streaming API does to its clients: an edited Campaign still reaches its Event. */
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let eventId: string;
let campaignId: string;
let feeKey: string;
let fee = 1_000;

beforeAll(async () => {
  sync = await startSync({ links: 2, streaming: { pollTimeoutMs: 1_000 } });
  await sync.settled();
  const [event] = await marketer(sync).events();
  eventId = String(event!["id"]);
  campaignId = String(event!["salesforce_campaign_id"]);
  feeKey = (await marketer(sync).customKeys()).get("Sponsorship Fee")!;
  // From here on there is a place to resume from, so no query helps the stream along.
  await expectArrival();
});
afterAll(() => sync.close());

async function expectArrival(deadlineMs = 20_000): Promise<void> {
  fee += 1;
  await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: fee });
  await eventuallyHolds(
    "the Event has the fee",
    async () => {
      const event = await marketer(sync).event(eventId);
      expect(Number((event["custom_fields"] as Record<string, unknown>)[feeKey])).toBe(fee);
    },
    deadlineMs,
  );
}

const html = { status: 503, body: "<html>busy</html>", contentType: "text/html" };

test.each<[string, Record<string, unknown>]>([
  ["the token is revoked", { name: "revokeToken" }],
  ["the server forgets all sessions", { name: "forgetSessions" }],
  ["all sockets are cut", { name: "killSockets" }],
  ["an answer with events is cut in the middle", { name: "truncateNextDelivery" }],
  ["a gateway answers with a page", { name: "respond", ...html }],
  ["an answer is JSON but not Bayeux", { name: "respond", status: 200, body: "[]" }],
  ["an answer is no JSON at all", { name: "respond", status: 200, body: "null" }],
  ["a cookie names a foreign domain", { name: "foreignCookieDomain" }],
  ["an event comes twice", { name: "duplicateEvent" }],
  ["the reply comes before the events", { name: "connectReplyFirst" }],
  ["an answer is late", { name: "delay", delayMs: 500 }],
])("%s", async (_name, fault) => {
  await salesforceAdmin(sync).setFaults(fault);
  await expectArrival();
  await expectArrival();
});

test("a poll is never answered", async () => {
  await salesforceAdmin(sync).setFaults({ name: "hangNextPoll" });
  await expectArrival(40_000);
});

test("the place to resume from is no longer kept: both sides are compared, and it goes on", async () => {
  await sync.stopMiddleware();
  await salesforceAdmin(sync).setFaults({ name: "purgeBefore" });
  await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: ++fee });
  await sync.startMiddleware();
  await expectArrival();
});

test("a burst of edits ends with the last value", async () => {
  for (let edit = 0; edit < 10; edit += 1) {
    await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: ++fee });
  }
  await expectArrival();
});
