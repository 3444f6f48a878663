/** What can't be put right stays a problem, and costs nobody a write. */
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { movingClock, type MovingClock } from "../support/moving-clock.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let clock: MovingClock;

beforeAll(async () => {
  clock = movingClock();
  sync = await startSync({ links: 5, clock });
  await sync.settled();
});
afterAll(() => sync.close());

const hourMs = 3_600_000;
const problems = async () =>
  (await sync.admin<{ problems: { fieldKey: string }[] }>("GET", "/api/problems")).problems;
const changes = async () =>
  (await sync.admin<{ changes: unknown[] }>("GET", "/api/changes?limit=1000")).changes.length;

test("a value that Salesforce refuses for ever is no finding of any sweep, and nothing is written again", async () => {
  const [event] = await marketer(sync).events();
  const campaignId = String(event!["salesforce_campaign_id"]);
  const stamp = async () => (await campaignManager(sync).campaign(campaignId))["SystemModstamp"];
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    times: 1_000_000,
    field: "Circa_Location__c",
    statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    message: "Only Linz has a hall.",
  });
  await marketer(sync).edit(String(event!["id"]), { location: "Wels" });
  await eventuallyHolds("it is a problem, and the Campaign says so", async () => {
    expect(await problems()).toMatchObject([{ fieldKey: "location" }]);
    const { Circa_Sync_Status__c: state } = await campaignManager(sync).campaign(campaignId);
    expect(state).toBe("Attention");
    expect((await sync.status()).backlog).toMatchObject({ due: 0, later: 1 });
  });
  const before = { stamp: await stamp(), changes: await changes() };
  for (let hour = 0; hour < 12; hour += 1) {
    clock.forward(hourMs);
    expect(await sync.admin<SweepFindings>("POST", "/api/sweep")).toMatchObject({ missed: 0 });
    await eventuallyHolds("nothing is due", async () => {
      expect((await sync.status()).backlog).toMatchObject({ due: 0, later: 1 });
    });
  }
  expect({ stamp: await stamp(), changes: await changes() }).toEqual(before);
  expect(await problems()).toMatchObject([{ fieldKey: "location" }]);
});

test("a refused value that agrees by now, unannounced: a sweep ends the problem", async () => {
  const [event] = await marketer(sync).events();
  const campaignId = String(event!["salesforce_campaign_id"]);
  const SystemModstamp = new Date(clock.now()).toISOString();
  const meanwhile = { Circa_Location__c: "Wels", SystemModstamp };
  await salesforceAdmin(sync).setSilently(campaignId, meanwhile);
  expect(await sync.admin<SweepFindings>("POST", "/api/sweep")).toMatchObject({ missed: 0 });
  await eventuallyHolds("it is none, and the Campaign says so", async () => {
    expect(await problems()).toEqual([]);
    const { Circa_Sync_Status__c: state } = await campaignManager(sync).campaign(campaignId);
    expect(state).toBe("In Sync");
  });
});

test("a Campaign that an Event claimed while it lay in the recycle bin comes back: they are connected", async () => {
  const chosen = await campaignManager(sync).create({ Name: "Chosen while it was gone" });
  await campaignManager(sync).remove(chosen);
  const event = (await marketer(sync).events())[1]!;
  await marketer(sync).connect(String(event["id"]), null);
  await sync.settled();
  await marketer(sync).connect(String(event["id"]), chosen);
  const notFound = expect.objectContaining({ code: "CAMPAIGN_NOT_FOUND" }) as unknown;
  await eventuallyHolds("it is a problem", async () => {
    expect(await problems()).toContainEqual(notFound);
  });
  await salesforceAdmin(sync).undelete(chosen);
  await sync.admin("POST", "/api/sweep");
  await eventuallyHolds("they are connected", async () => {
    expect(await campaignManager(sync).campaign(chosen)).toMatchObject({
      Circa_Event_Id__c: event["id"],
    });
    expect(await problems()).not.toContainEqual(notFound);
  });
});
