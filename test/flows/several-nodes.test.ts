/** Two middleware processes on one PostgreSQL share the work. */
import type { Change } from "../../middleware/store/history/history.ts";
import type { Middleware } from "../../middleware/main.ts";
import type { Status } from "../../middleware/http/status.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startPostgres, type PostgresServer } from "../../scripts/support/postgres-server.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let server: PostgresServer;
let sync: RunningSync;
let second: Middleware;
let links: { eventId: string; campaignId: string }[];

beforeAll(async () => {
  server = await startPostgres();
  sync = await startSync({ links: 6, env: { DATABASE_URL: await server.createDatabase() } });
  second = await sync.startAnother();
  await sync.settled();
  links = (await marketer(sync).events()).map((event) => ({
    eventId: String(event["id"]),
    campaignId: String(event["salesforce_campaign_id"]),
  }));
  // Every webhook comes to both, at the same moment.
  await fetch(`${sync.circa.api}/webhooks`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${sync.circa.integration.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      url: `${second.url}/webhooks/circa/default`,
      secret: sync.environment()["CIRCA_WEBHOOK_SECRET"],
      types: ["event.updated", "event.connected", "event.disconnected"],
    }),
  });
});
afterAll(async () => {
  await second.stop();
  await sync.close();
  await server.close();
});

const ask = async <T>(url: string, path: string, method = "GET"): Promise<T> => {
  const token = sync.environment()["ADMIN_TOKEN"] ?? "";
  const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${token}` } });
  return (await answer.json()) as T;
};
const urls = () => [sync.middleware().url, second.url];
const streamStates = () =>
  Promise.all(urls().map(async (url) => (await ask<Status>(url, "/api/status")).stream.state));
const location = async (campaignId: string) =>
  (await campaignManager(sync).campaign(campaignId))["Circa_Location__c"];
const changes = async () =>
  (await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000")).changes;

test("one subscribes, the other stands by, and both are ready", async () => {
  await eventuallyHolds("one of each", async () => {
    expect((await streamStates()).sort()).toEqual(["standby", "subscribed"]);
    for (const url of urls()) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
  const claims = await Promise.all(
    urls().map(async (url) => (await ask<Status>(url, "/api/status")).claim),
  );
  expect(claims.map(({ state }) => state)).toEqual(["ours", "ours"]);
  expect(claims[0]?.storeId).toBe(claims[1]?.storeId);
});

test("bursts of edits that reach both at once: the last value everywhere, each write once", async () => {
  expect.hasAssertions();
  for (const turn of [1, 2, 3]) {
    await Promise.all(
      links.map(({ eventId }, at) => marketer(sync).edit(eventId, { location: `${at}: ${turn}` })),
    );
  }
  await eventuallyHolds("every Campaign has the last value", async () => {
    for (const [at, { campaignId }] of links.entries()) {
      expect(await location(campaignId)).toBe(`${at}: 3`);
    }
  });
  await sync.settled();
  // Two that work on one link at once would both tell of the same change.
  for (const { eventId } of links) {
    const told = (await changes()).filter(
      (change) => change.eventId === eventId && change.fieldKey === "location",
    );
    expect(told.slice(1).map((change) => change.oldValue)).toEqual(
      told.slice(0, -1).map((change) => change.newValue),
    );
  }
});

test("a changed mapping holds for both, whichever of them hears of it", async () => {
  await salesforceAdmin(sync).setMapping("Location_to_Campaign_Circa_Location", {
    Is_Active__c: false,
  });
  await salesforceAdmin(sync).tellMappingsChanged();
  const active = async (url: string) =>
    (await ask<Status>(url, "/api/status")).mappings.active.map((mapping) => mapping.campaignField);
  const subscriber = (await streamStates()).indexOf("subscribed");
  await eventuallyHolds("the one that hears of it has taken it over", async () => {
    expect(await active(urls()[subscriber]!)).not.toContain("Circa_Location__c");
  });
  const before = await location(links[0]!.campaignId);
  await marketer(sync).edit(links[0]!.eventId, { location: "No longer mapped" });
  // Both work on these.
  for (const turn of [1, 2, 3]) {
    const website = `https://${turn}.example`;
    await Promise.all(links.map(({ eventId }) => marketer(sync).edit(eventId, { website })));
  }
  await eventuallyHolds("what is mapped arrives", async () => {
    for (const { campaignId } of links) {
      const campaign = await campaignManager(sync).campaign(campaignId);
      expect(campaign["Circa_Website__c"]).toBe("https://3.example");
    }
  });
  await sync.settled();
  expect(await location(links[0]!.campaignId)).toBe(before);
});

test("the stream's holder stops: the other subscribes at once", async () => {
  const states = await streamStates();
  if (states[0] === "subscribed") {
    await sync.stopMiddleware();
    await eventually("the second subscribes", async () => {
      return (await ask<Status>(second.url, "/api/status")).stream.state === "subscribed";
    });
    await sync.startMiddleware();
  } else {
    await second.stop();
    await eventually("the first subscribes", async () => (await sync.settled()).stream.state);
    second = await sync.startAnother();
  }
  const { eventId, campaignId } = links[0]!;
  await campaignManager(sync).edit(campaignId, { Event_Tier__c: "C – Local" });
  const key = (await marketer(sync).customKeys()).get("Event Tier")!;
  await eventuallyHolds("the Event has the tier", async () => {
    const event = await marketer(sync).event(eventId);
    expect((event["custom_fields"] as Record<string, unknown>)[key]).toBe("C – Local");
  });
});
