/** What comes in at the webhook endpoint, good and bad, over HTTP. */
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let event: Record<string, unknown>;

beforeAll(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
});
beforeEach(async () => {
  [event = {}] = await marketer(sync).events();
});
afterAll(() => sync.close());

/** The Event as a webhook would bring it, one version on. */
function updated(change: Record<string, unknown> = {}, type = "event.updated"): string {
  const data = { ...event, version: Number(event["version"]) + 1, ...change };
  return JSON.stringify({ type, timestamp: new Date().toISOString(), data });
}

const campaignLocation = async () =>
  (await campaignManager(sync).campaign(String(event["salesforce_campaign_id"])))[
    "Circa_Location__c"
  ];

/** Nothing was stored when the stored Event is still the one before, and nothing is written. */
async function expectNothingStored(): Promise<void> {
  await sync.settled();
  expect(await campaignLocation()).toBe(event["location"]);
}

describe("what is refused, with nothing stored", () => {
  const forged = { location: "forged" };

  test.each([
    ["a signature by another secret", { secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["a signature of ten minutes ago", { sentAt: new Date(Date.now() - 600_000) }],
    ["a signature of ten minutes from now", { sentAt: new Date(Date.now() + 600_000) }],
  ])("%s: 401", async (_name, how) => {
    const answer = await sync.sendWebhook(updated(forged), how);
    expect(answer.status).toBe(401);
    await expectNothingStored();
  });

  test("no signature at all: 401", async () => {
    const answer = await fetch(sync.webhookUrl, {
      method: "POST",
      body: updated(forged),
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(401);
    await expectNothingStored();
  });

  test.each([
    ["a body that is not JSON", "{location:", 400, /not JSON/],
    ["a body that is no webhook", JSON.stringify({ hello: 1 }), 422, /type: .*timestamp: /],
    ["an Event without an id", () => updated({ ...forged, id: undefined }), 422, /data\.id: /],
    [
      "an Event without its time",
      () => updated({ ...forged, updated_at: 7 }),
      422,
      /data\.updated_at: /,
    ],
    [
      "custom fields of an unknown shape",
      () => updated({ ...forged, custom_fields: 7 }),
      422,
      /data\.custom_fields: /,
    ],
  ])("%s: %s", async (_name, body, status, message) => {
    const answer = await sync.sendWebhook(typeof body === "string" ? body : body());
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(message) as string });
    await expectNothingStored();
  });

  test("more than 256 kB: 413", async () => {
    const answer = await sync.sendWebhook(updated({ ...forged, agenda: "x".repeat(300_000) }));
    expect(answer.status).toBe(413);
    await expectNothingStored();
  });

  test("something else than JSON: 415", async () => {
    const answer = await sync.sendWebhook(updated(forged), { contentType: "text/xml" });
    expect(answer.status).toBe(415);
    await expectNothingStored();
  });

  test("another connection's address: 404", async () => {
    const answer = await fetch(sync.webhookUrl.replace("default", "other"), {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(404);
  });
});

describe("what is taken", () => {
  test("a type nobody knows yet: 202, without effect", async () => {
    const answer = await sync.sendWebhook(updated({ location: "odd" }, "event.celebrated"));
    expect(answer.status).toBe(202);
    await expectNothingStored();
  });

  test("attributes nobody knows yet: 202, the known ones count", async () => {
    const change = { location: `known ${Date.now()}`, weather: { sun: true } };
    expect((await sync.sendWebhook(updated(change))).status).toBe(202);
    await eventuallyHolds("the Campaign has the location", async () => {
      expect(await campaignLocation()).toBe(change.location);
    });
  });

  test("the same webhook twice: both 202, the second without effect", async () => {
    const id = "msg_twice";
    const first = updated({ version: 1_000, location: "first" });
    const second = updated({ version: 1_001, location: "second" });
    expect((await sync.sendWebhook(first, { id })).status).toBe(202);
    expect((await sync.sendWebhook(second, { id })).status).toBe(202);
    await sync.settled();
    expect(await campaignLocation()).toBe("first");
  });

  test("an older state after a newer one: the newer one stays", async () => {
    await sync.sendWebhook(updated({ version: 2_001, location: "newer" }));
    await sync.sendWebhook(updated({ version: 2_000, location: "older" }));
    await eventuallyHolds("the Campaign has the newer location", async () => {
      await sync.settled();
      expect(await campaignLocation()).toBe("newer");
    });
  });
});

test("the API asks for the admin token", async () => {
  const { url } = sync.middleware();
  for (const path of ["/api/status", "/api/changes", "/api/problems", "/metrics"]) {
    expect((await fetch(url + path)).status).toBe(401);
    const headers = { authorization: "Bearer wrong" };
    expect((await fetch(url + path, { headers })).status).toBe(401);
  }
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
});
