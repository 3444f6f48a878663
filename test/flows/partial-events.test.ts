/** Omitted, null and blank are three things: what Circa leaves out is asked for, never made blank. */
import { circaAdmin } from "../support/circa-admin.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { syncNow } from "../support/sync-now.ts";

let sync: RunningSync;
let link: OneLink;
let expected: LinkExpectations;
let nth = 0;

beforeAll(async () => {
  sync = await startSync({ links: 3 });
  await sync.settled();
  link = await oneLink(sync);
  expected = expectationsOf(link);
});
afterEach(() => circaEmulator(sync).setFaults({ clear: true }));
afterAll(() => sync.close());

const goal = () => {
  nth += 1;
  return 1_000 + nth;
};

describe.each([
  ["without custom fields", () => ({ omit: ["custom_fields"] })],
  ["with null for custom fields", () => ({ instead: { custom_fields: null } })],
  ["with an empty list for custom fields", () => ({ instead: { custom_fields: [] } })],
  ["with custom fields of another form", () => ({ instead: { custom_fields: [{ name: 1 }, 7] } })],
  ["with none of the custom fields", () => ({ instead: { custom_fields: {} } })],
  ["without one custom field", () => ({ omit: [link.key("Lead Goal")] })],
  ["without a standard field", () => ({ omit: ["location"] })],
] as const)("an Event %s", (_what, part) => {
  test("in a webhook: both fields arrive, and later edits as well", async () => {
    const [first, second] = [goal(), goal()];
    await circaEmulator(sync).setFaults({ webhooks: [{ kind: "partial", ...part() }] });
    await link.editEvent({ location: `place ${first}`, "Lead Goal": first });
    await expected.campaign({ Circa_Location__c: `place ${first}`, Lead_Goal__c: first });
    await link.editEvent({ "Lead Goal": second });
    await expected.campaign({ Circa_Location__c: `place ${first}`, Lead_Goal__c: second });
    await expected.inLine();
  });

  test("in the answer to a write: nothing is blanked", async () => {
    const value = goal();
    const fault = { kind: "partial", method: "PATCH", caller: "integration", ...part() };
    await circaEmulator(sync).setFaults({ requests: [fault], webhooks: [{ kind: "drop" }] });
    await link.editCampaign({ Sponsorship_Fee__c: value });
    await expected.event({ "Sponsorship Fee": value });
    await syncNow(sync, link.campaignId);
    await sync.settled();
    await expected.inLine();
    expect((await link.campaign())["Lead_Goal__c"]).not.toBeNull();
  });
});

test("in a list: what a lost webhook told arrives whole", async () => {
  const value = goal();
  await circaEmulator(sync).setFaults({
    webhooks: [{ kind: "drop" }],
    requests: [{ kind: "partial", omit: ["custom_fields"], method: "GET", path: "/events" }],
  });
  await link.editEvent({ "Lead Goal": value });
  await sync.admin("POST", "/api/sweep");
  await expected.campaign({ Lead_Goal__c: value });
  await expected.inLine();
});

test("the first that is told of an Event is a part, and a read lacks a field of it: both count", async () => {
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 10 }] });
  const eventId = await marketer(sync).create({ name: "Told in parts" });
  const campaignId = await campaignManager(sync).create({ Name: "Not yet", IsActive: true });
  await marketer(sync).connect(eventId, campaignId);
  const { salesforce_campaign_id: _left, ...part } = await marketer(sync).event(eventId);
  const custom = { ...(part["custom_fields"] as object), "deleted since": "x" };
  const message = {
    ...{ type: "event.updated", timestamp: new Date().toISOString() },
    data: { ...part, custom_fields: custom },
  };
  expect((await sync.sendWebhook(JSON.stringify(message))).status).toBe(202);
  await eventuallyHolds("they are connected, and its name arrives", async () => {
    expect(await campaignManager(sync).campaign(campaignId)).toMatchObject({
      ...{ Circa_Event_Id__c: eventId, Name: "Told in parts" },
    });
  });
});

test("in each read as well: the field is a problem, its value stays, and it heals by itself", async () => {
  const value = goal();
  await link.editEvent({ "Lead Goal": value });
  await expected.campaign({ Lead_Goal__c: value });
  const omit = { kind: "partial", omit: [link.key("Lead Goal")] };
  await circaEmulator(sync).setFaults({
    webhooks: [{ ...omit, times: 2 }],
    requests: [{ ...omit, method: "GET", path: "/events/{id}", times: 20 }],
  });
  await link.editEvent({ location: `place ${value}`, "Lead Goal": value + 1 });
  await expected.campaign({ Circa_Location__c: `place ${value}`, Lead_Goal__c: value });
  await eventuallyHolds("it is a problem", async () => {
    expect((await link.problems()).map(({ code }) => code)).toEqual(["NOT_TOLD_BY_CIRCA"]);
  });
  await circaEmulator(sync).setFaults({ clear: true });
  await syncNow(sync, link.campaignId);
  await expected.campaign({ Lead_Goal__c: value + 1 });
  await expected.inLine();
});

test("a field deleted in Circa, which nobody told: no Campaign loses its value", async () => {
  const links = [link, await oneLink(sync, 1), await oneLink(sync, 2)];
  for (const one of links) {
    await one.editEvent({ "Booth Number": "B-77" });
    await expectationsOf(one).campaign({ Booth_Number__c: "B-77" });
  }
  await circaEmulator(sync).setFaults({
    webhooks: [{ kind: "drop", types: ["field.deleted"] }],
  });
  await circaEmulator(sync).deleteField(link.key("Booth Number"));
  for (const one of links) {
    await one.editEvent({ location: "after it was deleted" });
    await expectationsOf(one).campaign({ Circa_Location__c: "after it was deleted" });
  }
  await sync.settled();
  for (const one of links) expect(await one.campaign()).toMatchObject({ Booth_Number__c: "B-77" });
  await eventuallyHolds("the mapping is off, and says why", async () => {
    const { rejected } = (await sync.status()).mappings;
    expect(rejected.map(({ developerName }) => developerName)).toEqual(["Booth_Number"]);
  });
  await expected.inLine();
});

test("a field gets another type in Circa, which nobody told: what its values were stays", async () => {
  const key = link.key("Lead Goal");
  const value = goal();
  await link.editEvent({ "Lead Goal": value });
  await expected.campaign({ Lead_Goal__c: value });
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", types: ["field.updated"] }] });
  const { status } = await circaAdmin(sync).editField(key, { field_type: "PERSON" });
  expect(status).toBe(200);
  await link.editEvent({ location: "after it was changed" });
  await expected.campaign({ Circa_Location__c: "after it was changed", Lead_Goal__c: value });
  await eventuallyHolds("the mapping is off, and says why", async () => {
    const { rejected } = (await sync.status()).mappings;
    expect(rejected.map(({ developerName }) => developerName)).toContain("Lead_Goal");
  });
  expect(await link.campaign()).toMatchObject({ Lead_Goal__c: value });
});
