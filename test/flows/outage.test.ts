/** A system that is down is left in peace, and everything goes on as soon as it answers. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { hastyClock, type HastyClock } from "../support/hasty-clock.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

const minute = 60_000;
const forEver = 1_000_000;
/** One each half minute, and in the first two minutes one each five seconds. */
const maxTries = (ms: number) => Math.ceil((ms * 2) / minute) + 1 + 24;
let sync: RunningSync;
let link: OneLink;
let expecting: LinkExpectations;
let clock: HastyClock;
/** When each request of the middleware came in at a port, by its own clock. */
let arrivals: { readonly port: string; readonly at: number }[];

const onRequest = (message: unknown) => {
  const { headers } = (message as { request: IncomingMessage }).request;
  const isPerson = headers.authorization?.includes(sync.circa.person.apiKey) === true;
  const port = headers.host?.split(":")[1] ?? "";
  if (!isPerson) arrivals.push({ port, at: clock.now() });
};
beforeEach(async () => {
  arrivals = [];
  clock = hastyClock();
  sync = await startSync({ links: 3, clock });
  await sync.settled();
  link = await oneLink(sync);
  expecting = expectationsOf(link);
  await expecting.inLine();
  subscribe("http.server.request.start", onRequest);
});
afterEach(async () => {
  unsubscribe("http.server.request.start", onRequest);
  await sync.close();
});

const arrivedAt = (url: string, sinceMs: number) =>
  arrivals.filter(({ port, at }) => port === new URL(url).port && at >= sinceMs);
const isDown = (system: "salesforce" | "circa") =>
  eventually(`${system} counts as down`, async () => {
    const { systems } = await sync.status();
    return systems[system].failures >= 9;
  });
const askForSweep = async () => {
  const headers = { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` };
  const init = { method: "POST", headers };
  const answer = await fetch(`${sync.middleware().url}/api/sweep`, init);
  const retryAfter = Number(answer.headers.get("retry-after"));
  return { status: answer.status, retryAfter, ...((await answer.json()) as { error?: string }) };
};
const passes = (ms: number) => {
  const until = clock.now() + ms;
  return eventually("the time passes", () => clock.now() >= until, 60_000);
};

test("Salesforce is down for ten minutes: one request each half minute, then all goes on", async () => {
  const admin = salesforceAdmin(sync);
  await admin.setFaults(
    { name: "unavailable", times: forEver },
    { name: "respond", status: 503, body: "down", contentType: "text/plain", times: forEver },
    { name: "killSockets" },
  );
  await link.editEvent({ location: "typed during the outage" });
  clock.hurry(60);
  await isDown("salesforce");
  const downSince = clock.now();
  await passes(10 * minute);
  const maxAsked = maxTries(clock.now() - downSince);
  const asked = arrivedAt(sync.salesforce.url, downSince).filter(({ at }) => at <= clock.now());
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(maxAsked);
  expect(await link.problems()).toEqual([]);
  expect((await sync.status()).systems.salesforce.state).not.toBe("closed");

  await salesforceAdmin(sync).clearFaults();
  await expecting.campaign({ Circa_Location__c: "typed during the outage" });
  await sync.settled();
  expect((await sync.status()).systems.salesforce).toMatchObject({ state: "closed", failures: 0 });
});

test("Circa is down for ten minutes: one request each half minute, then all goes on", async () => {
  await circaEmulator(sync).setFaults({
    requests: [{ kind: "status", status: 503, times: forEver, caller: "integration" }],
  });
  await link.editCampaign({ Sponsorship_Fee__c: 9876 });
  clock.hurry(60);
  await isDown("circa");
  const downSince = clock.now();
  await passes(10 * minute);
  const maxAsked = maxTries(clock.now() - downSince);
  const byHand = await askForSweep();
  expect(byHand.status).toBe(503);
  expect(byHand.retryAfter).toBeGreaterThan(0);
  expect(byHand.retryAfter).toBeLessThanOrEqual(30);
  expect(byHand.error).toMatch(/^Circa .*\. Ask for the sweep again then\.$/);
  const asked = arrivedAt(sync.circa.url, downSince);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(maxAsked);

  await circaEmulator(sync).setFaults({ clear: true });
  await expecting.event({ "Sponsorship Fee": 9876 });
});

test("Circa answers nothing we ask, and still its Events' edits reach Salesforce", async () => {
  await circaEmulator(sync).setFaults({
    requests: [{ kind: "status", status: 503, times: forEver, caller: "integration" }],
  });
  await link.editCampaign({ Sponsorship_Fee__c: 4321 });
  clock.hurry(60);
  await isDown("circa");
  await link.editEvent({ location: "typed while Circa was away" });
  await expecting.campaign({ Circa_Location__c: "typed while Circa was away" });
  expect((await sync.status()).systems.circa.state).not.toBe("closed");

  // What waits for Circa costs Salesforce one read a try meanwhile, and the rest nothing.
  const askedSince = clock.now();
  const { query: before = 0 } = await salesforceAdmin(sync).requests();
  await passes(10 * minute);
  const { query: after = 0 } = await salesforceAdmin(sync).requests();
  expect(after - before).toBeLessThanOrEqual(maxTries(clock.now() - askedSince));

  await circaEmulator(sync).setFaults({ clear: true });
  await expecting.event({ "Sponsorship Fee": 4321 });
  await expecting.inLine();
});

test("Campaigns change places while Circa is down: the links wait for it, and ask nothing", async () => {
  const salesforce = campaignManager(sync);
  const soql = "SELECT Id, Circa_Event_Id__c FROM Campaign WHERE Circa_Event_Id__c != null";
  const rows = await salesforce.query(soql);
  const eventIds = rows.map((row) => row["Circa_Event_Id__c"]);
  const eventOf = (nth: number) => eventIds[(nth + 1) % eventIds.length];
  await circaEmulator(sync).setFaults({
    requests: [{ kind: "status", status: 503, times: forEver, caller: "integration" }],
  });
  for (const { Id } of rows) await salesforce.edit(String(Id), { Circa_Event_Id__c: null });
  for (const [nth, { Id }] of rows.entries()) {
    await salesforce.edit(String(Id), { Circa_Event_Id__c: eventOf(nth) });
  }
  clock.hurry(60);
  await isDown("circa");
  const askedSince = clock.now();
  const { query: before = 0 } = await salesforceAdmin(sync).requests();
  await passes(10 * minute);
  const { query: after = 0 } = await salesforceAdmin(sync).requests();
  // They have one another looked at now and then; round and round, it would be hundreds.
  expect(after - before).toBeLessThanOrEqual(2 * maxTries(clock.now() - askedSince));

  await circaEmulator(sync).setFaults({ clear: true });
  await eventuallyHolds("each Event has the Campaign that names it", async () => {
    const all = await marketer(sync).events();
    const campaigns = rows.map((_, nth) => all.find(({ id }) => id === eventOf(nth)));
    expect(campaigns.map((event) => event?.["salesforce_campaign_id"])).toEqual(
      rows.map(({ Id }) => Id),
    );
  });
});

test("Circa asks for a pause: no request until then", async () => {
  await circaEmulator(sync).setFaults({
    requests: [{ kind: "status", status: 429, retry_after: 3, caller: "integration" }],
  });
  await link.editCampaign({ Sponsorship_Fee__c: 555 });
  const pause = await eventually("the pause", async () => {
    const { nextCallAt } = (await sync.status()).systems.circa;
    return nextCallAt ?? undefined;
  });
  await expecting.event({ "Sponsorship Fee": 555 });
  const asked = arrivals.filter(({ port }) => port === new URL(sync.circa.url).port);
  // The refused one, and then none before the time that Circa named.
  expect(asked.filter(({ at }) => at > pause - 2_500 && at < pause)).toEqual([]);
});

test("Salesforce's daily limit is reached: the status says so, and changes arrive afterwards", async () => {
  await salesforceAdmin(sync).setFaults({ name: "requestLimit" });
  await link.editEvent({ location: "after the limit" });
  await eventuallyHolds("calls are held back", async () => {
    expect((await sync.status()).systems.salesforce).toMatchObject({
      state: "open",
      reason: expect.stringContaining("REQUEST_LIMIT_EXCEEDED") as string,
    });
  });
  await expecting.campaign({ Circa_Location__c: "after the limit" });
  await expecting.inLine();
});

test("every Event is deleted untold: no list is a second sign, so a person is asked", async () => {
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 3 }] });
  for (const event of await marketer(sync).events()) {
    const headers = { authorization: `Bearer ${sync.circa.person.apiKey}` };
    const init = { method: "DELETE", headers };
    await fetch(`${sync.circa.api}/events/${String(event["id"])}`, init);
  }
  await link.editCampaign({ Sponsorship_Fee__c: 99 });
  await eventually("it is met", async () => ((await sync.status()).backlog?.later ?? 0) > 0);
  await eventuallyHolds("the Campaign says what it waits for", async () => {
    await clock.pass(minute);
    const { campaignId } = link;
    const open = await link.problems();
    expect(open).toMatchObject([{ code: "EVENT_NOT_CONFIRMED_GONE", campaignId }]);
    expect((await link.campaign())["Circa_Event_Id__c"]).toBe(link.eventId);
  });
  await link.editCampaign({ Circa_Event_Id__c: null });
  await eventuallyHolds("a person's word ends it", async () => {
    await clock.pass(minute);
    expect(await link.problems()).toEqual([]);
    expect((await sync.status()).links).toBe(2);
  });
});
