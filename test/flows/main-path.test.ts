/** The main job over HTTP: each edit arrives on the other side, whoever made it. */
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import type { Change } from "../../middleware/store/history/history.ts";

let sync: RunningSync;
let eventId: string;
let campaignId: string;
let custom: Map<string, string>;

beforeAll(async () => {
  sync = await startSync({ links: 3 });
  await sync.settled();
  const [event] = await marketer(sync).events();
  eventId = String(event!["id"]);
  campaignId = String(event!["salesforce_campaign_id"]);
  custom = await marketer(sync).customKeys();
});
afterAll(() => sync.close());

const changes = async () =>
  (await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000")).changes;
const campaignValue = async (field: string) =>
  (await campaignManager(sync).campaign(campaignId))[field];
const customValue = async (label: string) => {
  const event = await marketer(sync).event(eventId);
  return (event["custom_fields"] as Record<string, unknown>)[custom.get(label)!];
};

test("an edited Event reaches its Campaign", async () => {
  const { status } = await marketer(sync).edit(eventId, { location: "Messe Wien, Halle A" });
  expect(status).toBe(200);
  await eventuallyHolds("the Campaign has the location", async () => {
    expect(await campaignValue("Circa_Location__c")).toBe("Messe Wien, Halle A");
  });
  // The history follows once the write has been answered.
  await eventuallyHolds("the history has it", async () => {
    const written = (await changes()).filter((change) => change.fieldKey === "location").at(-1);
    expect(written).toMatchObject({
      eventId,
      campaignId,
      direction: "to_salesforce",
      newValue: "Messe Wien, Halle A",
      cause: "webhook",
    });
  });
});

test("an edited Campaign reaches its Event", async () => {
  await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: 12_345.5 });
  await eventuallyHolds("the Event has the fee", async () => {
    expect(Number(await customValue("Sponsorship Fee"))).toBe(12_345.5);
  });
  await eventuallyHolds("the history has it", async () => {
    const written = (await changes()).at(-1);
    expect(written).toMatchObject({ direction: "from_salesforce", cause: "stream" });
  });
});

test("a field that Salesforce owns is locked for people in Circa", async () => {
  const fee = { custom_fields: { [custom.get("Sponsorship Fee")!]: 1 } };
  const { status, body } = await marketer(sync).edit(eventId, fee);
  expect(status).toBe(422);
  expect(body["errors"]).toEqual([expect.objectContaining({ code: "locked" })]);
});

test("an edit past the lock is reverted and recorded", async () => {
  const before = await customValue("Sponsorship Fee");
  const fee = custom.get("Sponsorship Fee")!;
  await marketer(sync).force(eventId, { custom_fields: { [fee]: 1 } });
  await eventuallyHolds("the fee is reverted and recorded", async () => {
    expect(await customValue("Sponsorship Fee")).toBe(before);
    expect((await changes()).at(-1)).toMatchObject({ note: "put_back_in_circa", oldValue: 1 });
  });
});

test("a Campaign edit of a field that Circa owns is reverted and recorded", async () => {
  await campaignManager(sync).edit(campaignId, { Circa_Location__c: "edited in Salesforce" });
  await eventuallyHolds("the location is reverted and recorded", async () => {
    expect(await campaignValue("Circa_Location__c")).toBe("Messe Wien, Halle A");
    expect((await changes()).at(-1)).toMatchObject({ note: "put_back_in_salesforce" });
  });
});

test("a date stays the Event's own calendar day, far from UTC", async () => {
  await marketer(sync).edit(eventId, {
    start_date: "2027-04-04",
    end_date: "2027-04-05",
    time_zone: "Pacific/Auckland",
  });
  await eventuallyHolds("the Campaign has the day", async () => {
    expect(await campaignValue("StartDate")).toBe("2027-04-04");
    expect(await campaignValue("EndDate")).toBe("2027-04-05");
  });
});

test("the Event shows that it arrived", async () => {
  await eventuallyHolds("the Event is shown as in sync", async () => {
    const event = await marketer(sync).event(eventId);
    expect(event["crm_sync_status"]).toMatchObject({ state: "in_sync", problems: [] });
  });
  expect(await campaignValue("Circa_Sync_Status__c")).toBe("In Sync");
});
